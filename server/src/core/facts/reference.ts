// How a config file or a command names a role or an instance profile: by name, by path and name, or by ARN.

interface Reference {
  readonly name: string;
  /** Set for an ARN. */
  readonly type: 'role' | 'instance-profile' | undefined;
  readonly account: string | undefined;
  readonly partition: string | undefined;
}

/** Characters that IAM allows in both names (IAM API reference, CreateRole and CreateInstanceProfile). */
const nameForm = /^[\w+=,.@-]{1,128}$/;
const arnForm = /^arn:([\w-]+):iam::(\d{12}):(role|instance-profile)\/(?:[!-~]*\/)?([^/]+)$/;

/** Of an ARN of IAM, whatever it is of; nothing for one of AWS's own, or with a part for a template to fill in. */
export function placeOfArn(arn: string): { readonly partition: string; readonly account: string } | undefined {
  const [, partition, account] = /^arn:([\w-]+):iam::(\d{12}):/.exec(arn) ?? [];
  return partition === undefined || account === undefined ? undefined : { partition, account };
}

/** Nothing for what cannot name one: a placeholder, a variable, an ARN of something else. */
export function parseReference(text: string): Reference | undefined {
  const arn = arnForm.exec(text);
  if (arn !== null) {
    const [, partition, account, type, name = ''] = arn;
    if (!nameForm.test(name)) return undefined;
    return { name, type: type === 'role' ? 'role' : 'instance-profile', account, partition };
  }
  if (text.startsWith('arn:')) return undefined;
  const name = text.slice(text.lastIndexOf('/') + 1);
  return nameForm.test(name) ? { name, type: undefined, account: undefined, partition: undefined } : undefined;
}
