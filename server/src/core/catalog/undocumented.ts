// Services, actions and condition keys that AWS's own managed policies and samples name though the service data do not have them: retired, or not
// documented. They are never called wrong. The corpus test finds new ones.

const services = new Set(
  'builderid datazonecontrol deepcomposer deeplens deepracer elastic-inference iot1click iotroborunner mobilehub sagemaker-groundtruth-synthetic zocalo'.split(
    ' ',
  ),
);

/** Services of which AWS keeps more actions to itself than it documents. */
const partly = new Set(['budgets', 'cloudhsm', 'payments', 'qapps', 'securityagent']);

const actions = new Set([
  'cloud9:validateenvironmentname',
  'memorydb:replicatemultiregionclusterdata',
  'organizations:createbuilderidownedaccount',
  'rolesanywhere:createsession',
  'route53-recovery-control-config:describeroutingcontrolbyname',
]);

export function isUndocumentedService(prefix: string): boolean {
  return services.has(prefix.toLowerCase());
}

export function isUndocumentedAction(id: string): boolean {
  const action = id.toLowerCase();
  return actions.has(action) || partly.has(action.split(':')[0] ?? '');
}

const keys = new Set(['aws:principalorgmasteraccountid', 'lakeformation:gluearn']);

export function isUndocumentedKey(key: string): boolean {
  return keys.has(key.toLowerCase()) || isUndocumentedService(key.split(':')[0] ?? '');
}
