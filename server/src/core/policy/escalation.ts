// Combinations of actions with which somebody can give himself more rights than the policy seems to give: the published lists of
// pathfinding.cloud (its ids are given), Prowler, Cloudsplaining, parliament and Pacu, with those of EMR first.

export interface Escalation {
  /** In lower case; all of them are needed. */
  readonly actions: readonly string[];
  /** What goes on after "can". */
  readonly what: string;
}

const passRole = 'iam:passrole';

/** A role is handed to a service that then runs what it is told. */
export const passRoleEscalations: readonly Escalation[] = [
  { actions: [passRole, 'elasticmapreduce:runjobflow'], what: 'launch a cluster with any role' },
  {
    actions: [passRole, 'emr-serverless:createapplication', 'emr-serverless:startjobrun'],
    what: 'run an EMR Serverless job with any role',
  },
  { actions: [passRole, 'ec2:runinstances'], what: 'start an instance with any role (ec2-001)' },
  { actions: [passRole, 'ec2:requestspotinstances'], what: 'request a spot instance with any role (ec2-003)' },
  { actions: [passRole, 'cloudformation:createstack'], what: 'create a stack with any role (cloudformation-001)' },
  {
    actions: [passRole, 'cloudformation:createstackset', 'cloudformation:createstackinstances'],
    what: 'create a stack set with any role (cloudformation-003)',
  },
  { actions: [passRole, 'cloudformation:updatestackset'], what: 'update a stack set with any role (cloudformation-004)' },
  { actions: [passRole, 'lambda:createfunction', 'lambda:invokefunction'], what: 'run a function with any role (lambda-001)' },
  { actions: [passRole, 'lambda:createfunction', 'lambda:createeventsourcemapping'], what: 'run a function with any role (lambda-002)' },
  { actions: [passRole, 'lambda:createfunction', 'lambda:addpermission'], what: 'run a function with any role (lambda-006)' },
  { actions: [passRole, 'glue:createdevendpoint'], what: 'open a Glue endpoint with any role (glue-001)' },
  { actions: [passRole, 'glue:createjob', 'glue:startjobrun'], what: 'run a Glue job with any role (glue-003)' },
  { actions: [passRole, 'glue:createjob', 'glue:createtrigger'], what: 'run a Glue job with any role (glue-004)' },
  { actions: [passRole, 'glue:updatejob', 'glue:startjobrun'], what: 'run a Glue job with any role (glue-005)' },
  { actions: [passRole, 'glue:updatejob', 'glue:createtrigger'], what: 'run a Glue job with any role (glue-006)' },
  { actions: [passRole, 'glue:createsession', 'glue:runstatement'], what: 'run a Glue session with any role' },
  { actions: [passRole, 'codebuild:createproject', 'codebuild:startbuild'], what: 'run a build with any role (codebuild-001)' },
  { actions: [passRole, 'codebuild:createproject', 'codebuild:startbuildbatch'], what: 'run a build with any role (codebuild-004)' },
  { actions: [passRole, 'ecs:registertaskdefinition', 'ecs:runtask'], what: 'run a task with any role (ecs-004)' },
  { actions: [passRole, 'ecs:registertaskdefinition', 'ecs:createservice'], what: 'run a service with any role (ecs-003)' },
  { actions: [passRole, 'ecs:registertaskdefinition', 'ecs:starttask'], what: 'start a task with any role (ecs-005)' },
  { actions: [passRole, 'sagemaker:createnotebookinstance'], what: 'open a notebook with any role (sagemaker-001)' },
  { actions: [passRole, 'sagemaker:createtrainingjob'], what: 'run a training job with any role (sagemaker-002)' },
  { actions: [passRole, 'sagemaker:createprocessingjob'], what: 'run a processing job with any role (sagemaker-003)' },
  { actions: [passRole, 'apprunner:createservice'], what: 'run a service with any role (apprunner-001)' },
  {
    actions: [passRole, 'datapipeline:createpipeline', 'datapipeline:putpipelinedefinition'],
    what: 'run a pipeline with any role (datapipeline-001)',
  },
  { actions: [passRole, 'batch:registerjobdefinition', 'batch:submitjob'], what: 'run a job with any role' },
  { actions: [passRole, 'states:createstatemachine', 'states:startexecution'], what: 'run a state machine with any role' },
  { actions: [passRole, 'scheduler:createschedule'], what: 'call any API with any role, on a schedule' },
  { actions: [passRole, 'ssm:createdocument', 'ssm:startautomationexecution'], what: 'run an automation with any role' },
  {
    actions: [passRole, 'kinesisanalytics:createapplication', 'kinesisanalytics:startapplication'],
    what: 'run an application with any role',
  },
  { actions: [passRole, 'braket:createjob'], what: 'run a job with any role' },
];

/** IAM itself is told to give more rights. */
export const iamEscalations: readonly Escalation[] = [
  { actions: ['iam:createpolicyversion'], what: 'rewrite a policy that is in force (iam-001)' },
  { actions: ['iam:setdefaultpolicyversion'], what: 'put an older version of a policy in force' },
  { actions: ['iam:createaccesskey'], what: 'make access keys of other users (iam-002)' },
  { actions: ['iam:createloginprofile'], what: 'give other users a password (iam-004)' },
  { actions: ['iam:updateloginprofile'], what: 'change the passwords of other users (iam-006)' },
  { actions: ['iam:attachuserpolicy'], what: 'attach any policy to a user (iam-008)' },
  { actions: ['iam:attachgrouppolicy'], what: 'attach any policy to a group (iam-010)' },
  { actions: ['iam:attachrolepolicy'], what: 'attach any policy to a role (iam-009)' },
  { actions: ['iam:putuserpolicy'], what: 'write an inline policy of a user (iam-007)' },
  { actions: ['iam:putgrouppolicy'], what: 'write an inline policy of a group (iam-011)' },
  { actions: ['iam:putrolepolicy'], what: 'write an inline policy of a role (iam-005)' },
  { actions: ['iam:addusertogroup'], what: 'join any group (iam-013)' },
  { actions: ['iam:updateassumerolepolicy'], what: 'make any role trust him (iam-012)' },
  { actions: ['iam:deleteuserpermissionsboundary'], what: 'lift the permissions boundary of a user' },
  { actions: ['iam:deleterolepermissionsboundary'], what: 'lift the permissions boundary of a role' },
];
