import { insteadOf, lackedApplication, nearApplications, unknownApplication } from '../../emr/releases';
import { applicationNames, changeTo, hasOption, namedValue } from '../../launch/launch';
import { defineRule } from '../rule';

export const application = defineRule({
  id: 'launch/application',
  severity: 'warning',
  kinds: ['launch'],
  docs: {
    what: 'an application that the release does not have',
    why: 'Each release has its own applications: Ganglia ends with 6.15.0, MXNet with 7.2.0 and Sqoop with 7.4.0, PrestoSQL is Trino since 6.4.0, and emr-spark-8.0.0 has little beside Spark. EMR refuses the launch. Letter case is free. An application that is not known at all may be a new one, so that is information.',
    bad: [
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --release-label emr-7.12.0 --instance-type m5.xlarge --use-default-roles \\\n  --applications Name=Spark Name=Ganglia\n',
      },
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --release-label "$RELEASE" --instance-type m5.xlarge --use-default-roles --applications Name=Sparkk\n',
      },
    ],
    good: [
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --release-label emr-6.15.0 --instance-type m5.xlarge --use-default-roles \\\n  --applications Name=spark Name=Ganglia Name=$OTHER\n',
      },
    ],
    references: [
      'https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-release-app-versions-7.x.html',
      'https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-release-app-versions-6.x.html',
      'https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-release-app-versions-5.x.html',
    ],
  },
  check({ subject, report }) {
    // AMI versions have applications of their own.
    if (hasOption(subject, 'ami-version')) return;
    const label = namedValue(subject, 'release-label')?.text ?? '';
    for (const name of applicationNames(subject)) {
      const lacked = lackedApplication(label, name.text);
      const instead = insteadOf(label, name.text);
      if (lacked !== undefined) report({ at: name.span, message: lacked, fixes: instead === undefined ? [] : [changeTo(name, instead)] });
      for (const message of unknownApplication(label, name.text))
        report({
          at: name.span,
          message,
          severity: 'information',
          fixes: nearApplications(label, name.text).map((near) => changeTo(name, near)),
        });
    }
  },
});
