// Combinations of actions with which somebody can give himself more rights than the policy seems to give: the published lists of
// pathfinding.cloud (its ids are given), Prowler, Cloudsplaining, parliament and Pacu, with those of EMR first. A combination that has a
// shorter one of this table in it is left out: the shorter one says as much.

import { actionTable } from './reach';

export interface Escalation {
  /** In lower case; all of them are needed. */
  readonly actions: readonly string[];
  /** What goes on after "can". */
  readonly what: string;
  /** On pathfinding.cloud. */
  readonly id?: string;
  /** The services that `iam:PassRole` hands the roles to. */
  readonly to?: readonly string[];
  /** Each of the actions is everyday work, and needs resources that have more rights than whoever uses it. */
  readonly everyday?: boolean;
}

export const passRole = 'iam:passrole';

const ec2 = ['ec2.amazonaws.com'];
const emr = ['elasticmapreduce.amazonaws.com'];
const serverless = ['emr-serverless.amazonaws.com'];
const cloudFormation = ['cloudformation.amazonaws.com'];
const lambda = ['lambda.amazonaws.com'];
const glue = ['glue.amazonaws.com'];
const codeBuild = ['codebuild.amazonaws.com'];
const ecsTasks = ['ecs-tasks.amazonaws.com'];
const sageMaker = ['sagemaker.amazonaws.com'];
const agentCore = ['bedrock-agentcore.amazonaws.com'];

const escalations: readonly Escalation[] = [
  // EMR (service authorization reference; EMR Management Guide, "Runtime roles for Amazon EMR steps"; EMR on EKS Development Guide, "Using
  // job execution roles"). A launch passes one role to EMR and one to EC2. Runtime roles of steps and execution roles on EKS are not
  // passed: the condition keys elasticmapreduce:ExecutionRoleArn and emr-containers:ExecutionRoleArn are all that limits them.
  { actions: [passRole, 'elasticmapreduce:runjobflow'], what: 'launch a cluster with any role', id: 'emr-001', to: [...emr, ...ec2] },
  {
    actions: [passRole, 'emr-serverless:startjobrun'],
    what: 'run an EMR Serverless job with any role',
    id: 'emrserverless-001',
    to: serverless,
  },
  { actions: [passRole, 'elasticmapreduce:startnotebookexecution'], what: 'run an EMR notebook with any role', to: emr },
  {
    actions: ['elasticmapreduce:getclustersessioncredentials'],
    what: 'work on every cluster with any runtime role of it',
    everyday: true,
  },
  { actions: ['elasticmapreduce:addjobflowsteps'], what: 'run steps on every cluster, with any runtime role of it', everyday: true },
  { actions: ['emr-containers:startjobrun'], what: 'run a job on EKS with any execution role of its virtual cluster', everyday: true },

  // A role is handed to a service that then runs what it is told.
  { actions: [passRole, 'ec2:runinstances'], what: 'start an instance with any role', id: 'ec2-001', to: ec2 },
  { actions: [passRole, 'ec2:requestspotinstances'], what: 'request a spot instance with any role', id: 'ec2-003', to: ec2 },
  {
    actions: [passRole, 'autoscaling:createlaunchconfiguration', 'autoscaling:createautoscalinggroup'],
    what: 'start instances with any role in an Auto Scaling group',
    to: ec2,
  },
  {
    actions: [passRole, 'autoscaling:createlaunchconfiguration', 'autoscaling:updateautoscalinggroup'],
    what: 'start instances with any role in an Auto Scaling group',
    to: ec2,
  },
  { actions: [passRole, 'cloudformation:createstack'], what: 'create a stack with any role', id: 'cloudformation-001', to: cloudFormation },
  {
    actions: [passRole, 'cloudformation:createstackset', 'cloudformation:createstackinstances'],
    what: 'create a stack set with any role',
    id: 'cloudformation-003',
    to: cloudFormation,
  },
  {
    actions: [passRole, 'cloudformation:updatestackset'],
    what: 'update a stack set with any role',
    id: 'cloudformation-004',
    to: cloudFormation,
  },
  {
    actions: [passRole, 'lambda:createfunction', 'lambda:invokefunction'],
    what: 'run a function with any role',
    id: 'lambda-001',
    to: lambda,
  },
  {
    actions: [passRole, 'lambda:createfunction', 'lambda:createeventsourcemapping'],
    what: 'run a function with any role',
    id: 'lambda-002',
    to: lambda,
  },
  {
    actions: [passRole, 'lambda:createfunction', 'lambda:addpermission'],
    what: 'run a function with any role',
    id: 'lambda-006',
    to: lambda,
  },
  { actions: [passRole, 'glue:createdevendpoint'], what: 'open a Glue endpoint with any role', id: 'glue-001', to: glue },
  { actions: [passRole, 'glue:createjob', 'glue:startjobrun'], what: 'run a Glue job with any role', id: 'glue-003', to: glue },
  { actions: [passRole, 'glue:createjob', 'glue:createtrigger'], what: 'run a Glue job with any role', id: 'glue-004', to: glue },
  { actions: [passRole, 'glue:updatejob', 'glue:startjobrun'], what: 'run a Glue job with any role', id: 'glue-005', to: glue },
  { actions: [passRole, 'glue:updatejob', 'glue:createtrigger'], what: 'run a Glue job with any role', id: 'glue-006', to: glue },
  { actions: [passRole, 'glue:createsession', 'glue:runstatement'], what: 'run a Glue session with any role', id: 'glue-007', to: glue },
  {
    actions: [passRole, 'codebuild:createproject', 'codebuild:startbuild'],
    what: 'run a build with any role',
    id: 'codebuild-001',
    to: codeBuild,
  },
  {
    actions: [passRole, 'codebuild:createproject', 'codebuild:startbuildbatch'],
    what: 'run a build with any role',
    id: 'codebuild-004',
    to: codeBuild,
  },
  { actions: [passRole, 'ecs:runtask'], what: 'run an ECS task with any role', id: 'ecs-008', to: ecsTasks },
  { actions: [passRole, 'ecs:starttask'], what: 'start an ECS task with any role', id: 'ecs-009', to: ecsTasks },
  {
    actions: [passRole, 'ecs:registertaskdefinition', 'ecs:createservice'],
    what: 'run an ECS service with any role',
    id: 'ecs-003',
    to: ecsTasks,
  },
  {
    actions: [passRole, 'batch:registerjobdefinition', 'batch:submitjob'],
    what: 'run a Batch job with any role',
    id: 'batch-001',
    to: ecsTasks,
  },
  { actions: [passRole, 'sagemaker:createnotebookinstance'], what: 'open a notebook with any role', id: 'sagemaker-001', to: sageMaker },
  { actions: [passRole, 'sagemaker:createtrainingjob'], what: 'run a training job with any role', id: 'sagemaker-002', to: sageMaker },
  { actions: [passRole, 'sagemaker:createprocessingjob'], what: 'run a processing job with any role', id: 'sagemaker-003', to: sageMaker },
  {
    actions: [passRole, 'apprunner:createservice'],
    what: 'run an App Runner service with any role',
    id: 'apprunner-001',
    to: ['tasks.apprunner.amazonaws.com'],
  },
  {
    actions: [
      passRole,
      'bedrock-agentcore:createcodeinterpreter',
      'bedrock-agentcore:startcodeinterpretersession',
      'bedrock-agentcore:invokecodeinterpreter',
    ],
    what: 'run code in an interpreter with any role',
    id: 'bedrock-001',
    to: agentCore,
  },
  {
    actions: [
      passRole,
      'bedrock-agentcore:createbrowser',
      'bedrock-agentcore:startbrowsersession',
      'bedrock-agentcore:connectbrowserautomationstream',
    ],
    what: 'drive a browser with any role',
    to: agentCore,
  },
  {
    actions: [
      passRole,
      'bedrock-agentcore:createagentruntime',
      'bedrock-agentcore:createagentruntimeendpoint',
      'bedrock-agentcore:createworkloadidentity',
      'bedrock-agentcore:invokeagentruntimecommand',
    ],
    what: 'run commands in an agent runtime with any role',
    to: agentCore,
  },
  {
    actions: [passRole, 'datapipeline:createpipeline'],
    what: 'run a pipeline with any role',
    id: 'datapipeline-001',
    to: ['datapipeline.amazonaws.com'],
  },
  { actions: [passRole, 'braket:createjob'], what: 'run a Braket job with any role', id: 'braket-001', to: ['braket.amazonaws.com'] },
  {
    actions: [passRole, 'cognito-identity:setidentitypoolroles'],
    what: 'give any role to the users of an identity pool',
    id: 'cognitoidentity-001',
    to: ['cognito-identity.amazonaws.com'],
  },
  {
    actions: [passRole, 'gamelift:createbuild', 'gamelift:createfleet', 'gamelift:requestuploadcredentials'],
    what: 'run a GameLift fleet with any role',
    id: 'gamelift-001',
    to: ['gamelift.amazonaws.com'],
  },
  {
    actions: [
      passRole,
      'imagebuilder:createcomponent',
      'imagebuilder:createimagerecipe',
      'imagebuilder:createinfrastructureconfiguration',
      'imagebuilder:createimage',
    ],
    what: 'build an image on an instance with any role',
    id: 'imagebuilder-001',
    to: ec2,
  },
  {
    actions: [passRole, 'kinesisanalytics:createapplication', 'kinesisanalytics:startapplication'],
    what: 'run a Flink application with any role',
    id: 'kinesisanalytics-001',
    to: ['kinesisanalytics.amazonaws.com'],
  },
  {
    actions: [passRole, 'omics:createworkflow', 'omics:startrun'],
    what: 'run a HealthOmics workflow with any role',
    id: 'omics-001',
    to: ['omics.amazonaws.com'],
  },
  {
    actions: [passRole, 'scheduler:createschedule'],
    what: 'call any API with any role, on a schedule',
    id: 'scheduler-001',
    to: ['scheduler.amazonaws.com'],
  },
  {
    actions: [passRole, 'ssm:createdocument', 'ssm:startautomationexecution'],
    what: 'run an automation with any role',
    id: 'ssm-003',
    to: ['ssm.amazonaws.com'],
  },
  {
    actions: [passRole, 'states:createstatemachine', 'states:startexecution'],
    what: 'run a state machine with any role',
    id: 'stepfunctions-001',
    to: ['states.amazonaws.com'],
  },
  { actions: [passRole, 'codestar:createproject'], what: 'create a project with any role', to: ['codestar.amazonaws.com'] },

  // IAM itself, or IAM Identity Center, is told to give more rights.
  { actions: ['iam:createpolicyversion'], what: 'rewrite a policy that is in force', id: 'iam-001' },
  { actions: ['iam:setdefaultpolicyversion'], what: 'put an older version of a policy in force' },
  { actions: ['iam:createaccesskey'], what: 'make access keys of other users', id: 'iam-002' },
  { actions: ['iam:createloginprofile'], what: 'give other users a password', id: 'iam-004' },
  { actions: ['iam:updateloginprofile'], what: 'change the passwords of other users', id: 'iam-006' },
  { actions: ['iam:attachuserpolicy'], what: 'attach any policy to a user', id: 'iam-008' },
  { actions: ['iam:attachgrouppolicy'], what: 'attach any policy to a group', id: 'iam-010' },
  { actions: ['iam:attachrolepolicy'], what: 'attach any policy to a role', id: 'iam-009' },
  { actions: ['iam:putuserpolicy'], what: 'write an inline policy of a user', id: 'iam-007' },
  { actions: ['iam:putgrouppolicy'], what: 'write an inline policy of a group', id: 'iam-011' },
  { actions: ['iam:putrolepolicy'], what: 'write an inline policy of a role', id: 'iam-005' },
  { actions: ['iam:addusertogroup'], what: 'join any group', id: 'iam-013' },
  { actions: ['iam:updateassumerolepolicy'], what: 'make any role trust him', id: 'iam-012' },
  { actions: ['iam:deleteuserpermissionsboundary'], what: 'lift the permissions boundary of a user', id: 'iam-022' },
  { actions: ['iam:deleterolepermissionsboundary'], what: 'lift the permissions boundary of a role', id: 'iam-023' },
  { actions: ['sso:attachmanagedpolicytopermissionset'], what: 'attach any policy to a permission set', id: 'sso-002' },
  { actions: ['sso:putinlinepolicytopermissionset'], what: 'write the inline policy of a permission set', id: 'sso-003' },

  // Something that is there already, with a role of its own, is made to do what it is told.
  { actions: ['sts:assumerole'], what: 'assume every role that trusts the account', id: 'sts-001', everyday: true },
  { actions: ['lambda:updatefunctioncode'], what: 'change the code of every function', id: 'lambda-003', everyday: true },
  { actions: ['lambda:updatefunctionconfiguration'], what: 'change the layers of every function', everyday: true },
  { actions: ['glue:updatedevendpoint'], what: 'open every Glue endpoint with a key of his own', id: 'glue-002', everyday: true },
  { actions: ['apprunner:updateservice'], what: 'change every App Runner service', id: 'apprunner-002', everyday: true },
  { actions: ['cloudformation:updatestack'], what: 'change every stack with its role', id: 'cloudformation-002', everyday: true },
  {
    actions: ['cloudformation:createchangeset', 'cloudformation:executechangeset'],
    what: 'change every stack with its role',
    id: 'cloudformation-005',
    everyday: true,
  },
  { actions: ['codebuild:startbuild'], what: 'run any commands in every build project', id: 'codebuild-002', everyday: true },
  { actions: ['codebuild:startbuildbatch'], what: 'run any commands in every build project', id: 'codebuild-003', everyday: true },
  {
    actions: ['codedeploy:createdeployment', 'codedeploy:registerapplicationrevision', 'codedeploy:getdeploymentconfig'],
    what: 'deploy code to all instances of CodeDeploy',
    id: 'codedeploy-001',
    everyday: true,
  },
  { actions: ['batch:submitjob'], what: 'run any commands in every Batch job definition', id: 'batch-002', everyday: true },
  { actions: ['ssm:startsession'], what: 'open a shell on every managed instance', id: 'ssm-001', everyday: true },
  { actions: ['ssm:sendcommand'], what: 'run commands on every managed instance', id: 'ssm-002', everyday: true },
  {
    actions: ['ec2-instance-connect:sendsshpublickey', 'ec2:describeinstances'],
    what: 'log in to every instance',
    id: 'ec2instanceconnect-003',
    everyday: true,
  },
  {
    actions: ['ec2:modifyinstanceattribute', 'ec2:stopinstances', 'ec2:startinstances'],
    what: 'change what every instance runs when it starts',
    id: 'ec2-002',
    everyday: true,
  },
  {
    actions: ['ec2:createlaunchtemplateversion', 'ec2:modifylaunchtemplate'],
    what: 'change every launch template',
    id: 'ec2-004',
    everyday: true,
  },
  { actions: ['ecs:executecommand', 'ecs:describetasks'], what: 'run commands in every ECS task', id: 'ecs-006', everyday: true },
  { actions: ['sagemaker:createpresignednotebookinstanceurl'], what: 'open every notebook', id: 'sagemaker-004', everyday: true },
  {
    actions: [
      'sagemaker:createnotebookinstancelifecycleconfig',
      'sagemaker:stopnotebookinstance',
      'sagemaker:updatenotebookinstance',
      'sagemaker:startnotebookinstance',
    ],
    what: 'change what every notebook runs when it starts',
    id: 'sagemaker-005',
    everyday: true,
  },
  {
    actions: ['states:updatestatemachine', 'states:startexecution'],
    what: 'change and run every state machine',
    id: 'stepfunctions-002',
    everyday: true,
  },
  {
    actions: ['bedrock-agentcore:startcodeinterpretersession', 'bedrock-agentcore:invokecodeinterpreter'],
    what: 'run code in every interpreter',
    id: 'bedrock-002',
    everyday: true,
  },
  {
    actions: ['bedrock-agentcore:startbrowsersession', 'bedrock-agentcore:connectbrowserautomationstream'],
    what: 'drive every browser',
    everyday: true,
  },
  { actions: ['bedrock-agentcore:invokeagentruntimecommand'], what: 'run commands in every agent runtime', everyday: true },
  { actions: ['codestar:createprojectfromtemplate'], what: 'create a project with the rights of CodeStar', everyday: true },
  {
    actions: ['codestar:createproject', 'codestar:associateteammember'],
    what: 'become the owner of a CodeStar project',
    everyday: true,
  },
];

export const escalatingActions = actionTable(escalations.flatMap(({ actions }) => actions));

/** Those that need no other. */
export const escalatingAlone: ReadonlySet<string> = new Set(escalations.flatMap(({ actions }) => (actions.length === 1 ? actions : [])));

/** By the first action that is not `iam:PassRole`. */
const byAction = new Map<string, Escalation[]>();
for (const escalation of escalations) {
  const key = escalation.actions.find((action) => action !== passRole) ?? passRole;
  byAction.set(key, [...(byAction.get(key) ?? []), escalation]);
}

/** Those that may be possible to whoever has some of their actions, in the order of the table. */
export function escalationsWith(actions: ReadonlySet<string>): readonly Escalation[] {
  const possible = [...actions].flatMap((action) => byAction.get(action) ?? []);
  return possible.length < 2 ? possible : escalations.filter((escalation) => possible.includes(escalation));
}
