import { nearReleases, unknownRelease } from '../../emr/releases';
import { changeTo, namedValue } from '../../launch/launch';
import { defineRule } from '../rule';

export const releaseLabel = defineRule({
  id: 'launch/release-label',
  severity: 'information',
  kinds: ['launch'],
  docs: {
    what: 'a release label that is not among those known',
    why: 'The AWS CLI sends any label; EMR refuses one that it does not have with "The supplied release label is invalid: …" A release may be newer than the list that comes with this program, so this is no more than a hint: `aws emr list-release-labels` tells which ones your Region has. Labels of EMR on EKS (`emr-6.15.0-20231109`) and of EMR Serverless have other forms. Placeholders are passed over.',
    bad: [
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --release-label emr-7.12 --instance-type m5.xlarge --use-default-roles\n',
      },
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --release-label emr-6.16.0 --instance-type m5.xlarge --use-default-roles\n',
      },
    ],
    good: [
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --release-label emr-7.12.0 --instance-type m5.xlarge --use-default-roles\n',
      },
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --release-label "emr-$VERSION" --instance-type m5.xlarge --use-default-roles\n',
      },
    ],
    references: ['https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-release-components.html'],
  },
  check({ subject, report }) {
    const label = namedValue(subject, 'release-label');
    if (label === undefined || placeholder.test(label.text)) return;
    for (const message of unknownRelease(label.text))
      report({ at: label.span, message, fixes: nearReleases(label.text).map((near) => changeTo(label, near)) });
  },
});

/** `emr-x.y.z`, `emr-7.x.x`, `{release}`. */
const placeholder = /^\D*$|\bx\b|[{}<>$%*]/i;
