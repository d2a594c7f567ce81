import { changeTo } from '../../awsconfig/edit';
import { commentIn, isPlaceholder, unquoted } from '../../emr/value';
import { defineRule } from '../rule';

export const invalidLogUri = defineRule({
  id: 'config/invalid-log-uri',
  severity: 'warning',
  kinds: ['emr-block'],
  docs: {
    what: 'a `log_uri` that is not the address of an S3 bucket or a folder in one',
    why: 'EMR writes the logs of a cluster to `s3://BUCKET/FOLDER/` (or `s3n://`, `s3a://`). The AWS CLI sends whatever stands here, so that the mistake shows when the cluster has ended and its logs are wanted. Names of buckets have 3 to 63 characters, small letters, digits, dots and hyphens; only buckets made in us-east-1 before March 2018 may have others.',
    bad: [
      { syntax: 'aws-config', text: '[default]\nemr =\n    log_uri = my-logs/emr/\n' },
      { syntax: 'aws-config', text: '[default]\nemr =\n    log_uri = s3://My_Logs/emr/\n' },
    ],
    good: [
      { syntax: 'aws-config', text: '[default]\nemr =\n    log_uri = s3://my-logs/emr/\n' },
      { syntax: 'aws-config', text: '[default]\nemr =\n    log_uri = s3n://${bucket}/emr/\n' },
    ],
    references: [
      'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html',
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-plan-debugging.html',
    ],
  },
  check({ subject, text, report }) {
    const setting = subject.settings.get('log_uri');
    if (setting === undefined || commentIn(setting.text) !== undefined || unquoted(setting.text) !== undefined) return;
    const problem = isPlaceholder(setting.text) ? undefined : problemOf(setting.text);
    if (problem === undefined) return;
    const meant = meantUri(setting.text);
    report({
      at: setting.value,
      message: `log_uri of the profile "${subject.profile}" ${problem}`,
      fixes: meant === undefined ? [] : [changeTo(text, setting.line, meant)],
    });
  },
});

function problemOf(text: string): string | undefined {
  if (/\$[A-Za-z_]/.test(text)) return 'has a variable in it, which the AWS CLI does not expand. Write the name of the bucket itself.';
  const bucket = /^s3[na]?:\/\/([^/]*)/.exec(text)?.[1];
  if (bucket === undefined) return 'is not an address in S3. Write s3://BUCKET/FOLDER/.';
  if (bucket === '') return 'names no bucket. Write s3://BUCKET/FOLDER/.';
  // An access point stands where a bucket may stand; whether EMR takes its ARN is not known.
  if (bucket.startsWith('arn:') || isBucketName(bucket)) return undefined;
  return `names the bucket "${bucket}", a name that AWS refuses for new buckets. Write the name of a bucket: 3 to 63 small letters, digits, dots and hyphens.`;
}

function isBucketName(name: string): boolean {
  return /^[a-z\d][a-z\d.-]{1,61}[a-z\d]$/.test(name) && !name.includes('..') && !/^\d+\.\d+\.\d+\.\d+$/.test(name);
}

/** The address in S3 that another way to write it plainly means. */
function meantUri(text: string): string | undefined {
  const candidates = [
    /^[Ss]3[NnAa]?:\/{1,2}([^/].*)$/.exec(text)?.[1],
    /^arn:[\w-]+:s3:::(.+)$/.exec(text)?.[1],
    /^https?:\/\/s3(?:[.-][a-z\d-]+)?\.amazonaws\.com\/(.+)$/.exec(text)?.[1],
    /^https?:\/\/([a-z\d.-]+)\.s3(?:[.-][a-z\d-]+)?\.amazonaws\.com(.*)$/.exec(text)?.slice(1).join(''),
    /^([a-z\d][a-z\d.-]+(?:\/.*)?)$/.exec(text)?.[1],
  ];
  const found = candidates.find((candidate) => candidate !== undefined);
  const uri = found === undefined ? undefined : `s3://${found}`;
  return uri === undefined || problemOf(uri) !== undefined ? undefined : uri;
}
