// Services, actions and condition keys that AWS's own managed policies and samples name, or once named, though the service data do not have them:
// retired, or not documented. They are never called wrong. The corpus tests find new ones. What is plainly misspelt in an old policy is not
// here: nobody is helped when the same mistake passes elsewhere.

const services = new Set(
  'acuity aesop awsbillingconsole builderid datazonecontrol deepcomposer deeplens deepracer elastic-inference galaxy gamesparks iot1click iotroborunner macie mobilehub sagemaker-groundtruth-synthetic sysops-sap zocalo'.split(
    ' ',
  ),
);

/** Services of which AWS keeps more actions to itself than it documents. */
const partly = new Set(['budgets', 'cloudhsm', 'payments', 'qapps', 'securityagent']);

/** By service. */
const actions: Readonly<Record<string, string>> = {
  account: 'getchallengequestions',
  apigateway: 'head options',
  artifact: 'get',
  'aws-marketplace':
    'completetask createprivatemarketplace createprivatemarketplaceprofile describeprivatemarketplaceproducts describeprivatemarketplaceprofile describeprivatemarketplacesettings describeprivatemarketplacestatus describetask getprivatelisting listprivatemarketplaceproducts listtasks startprivatemarketplace stopprivatemarketplace updateprivatemarketplaceprofile updateprivatemarketplacesettings updatetask',
  chime: 'validatedelegate',
  cloud9: 'validateenvironmentname',
  ds: 'createdomain deletealias extenddirectory',
  dsql: 'createmultiregionclusters deletemultiregionclusters',
  ec2: 'describedomains getflowlogscount modifynetworkinterface',
  ecr: 'getmanifest',
  glue: 'createbookmark getbookmark getmetric putmetric updatebookmark',
  importexport: 'getjobdetail',
  inspector: 'getassessmenttelemetry localizetext previewagentsforresourcegroup',
  iot: 'describecertificatetag updatecertificatetag',
  iotanalytics: 'executequery',
  iotfleethub: 'describedashboard listdashboards',
  kendra: 'getdatasourcesyncjobhistory',
  kms: 'listkeysforservice',
  lightsail: 'getresources gettagkeys gettagvalues',
  memorydb: 'replicatemultiregionclusterdata',
  organizations: 'createbuilderidownedaccount',
  rolesanywhere: 'createsession',
  'route53-recovery-control-config': 'describeroutingcontrolbyname',
  'sagemaker-unified-studio-mcp': 'callprivilegedtool callreadonlytool invokemcp',
  sso: 'describepermissionspolicies getpermissionspolicy',
  tag: 'addresourcetags gettags removeresourcetags',
};

const actionIds = new Set(Object.entries(actions).flatMap(([prefix, names]) => names.split(' ').map((name) => `${prefix}:${name}`)));

export function isUndocumentedService(prefix: string): boolean {
  return services.has(prefix.toLowerCase());
}

export function isUndocumentedAction(id: string): boolean {
  const action = id.toLowerCase();
  return actionIds.has(action) || isPartlyDocumented(action.split(':')[0] ?? '');
}

/** @param prefix in lower case. */
export function isPartlyDocumented(prefix: string): boolean {
  return partly.has(prefix);
}

const keys = new Set(['aws:principalorgmasteraccountid', 'lakeformation:gluearn']);

export function isUndocumentedKey(key: string): boolean {
  return keys.has(key.toLowerCase()) || isUndocumentedService(key.split(':')[0] ?? '');
}
