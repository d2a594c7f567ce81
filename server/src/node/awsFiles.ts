// Where the AWS CLI of this machine has its files. The client asks too before any server runs, so this rests on nothing but Node.

import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/**
 * The config and credentials files of the AWS CLI (botocore, session.py: AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE, which may hold
 * variables themselves).
 */
export function awsFiles(env: NodeJS.ProcessEnv): { readonly config: string; readonly credentials: string } {
  const home = homeOf(env);
  const at = (variable: string | undefined, name: string): string =>
    resolve(untilde(variable ? withVariables(variable, env) : join('~', '.aws', name), home));
  return { config: at(env['AWS_CONFIG_FILE'], 'config'), credentials: at(env['AWS_SHARED_CREDENTIALS_FILE'], 'credentials') };
}

export function homeOf(env: NodeJS.ProcessEnv): string {
  return env['HOME'] ?? env['USERPROFILE'] ?? homedir();
}

/** A variable that is not set stays as it is written (Python, os.path.expandvars). */
function withVariables(text: string, env: NodeJS.ProcessEnv): string {
  return text.replace(/\$(?:(\w+)|\{([^}]*)\})/g, (written, plain: string | undefined, braced: string | undefined) => {
    return env[plain ?? braced ?? ''] ?? written;
  });
}

/** The other of the two files: of the AWS CLI's own, the one that it reads beside; elsewhere, the one in the same `.aws` folder. */
export function otherAwsFile(path: string, env: NodeJS.ProcessEnv): string | undefined {
  const own = awsFiles(env);
  if (path === own.config) return own.credentials;
  if (path === own.credentials) return own.config;
  const sibling = /^(.*[\\/]\.aws[\\/])(config|credentials)$/.exec(path);
  return sibling === null ? undefined : `${sibling[1]}${sibling[2] === 'config' ? 'credentials' : 'config'}`;
}

/** `~` at the start stands for the home folder. */
export function untilde(path: string, home: string): string {
  return /^~(?=$|[\\/])/.test(path) && !isAbsolute(path) ? join(home, path.slice(1)) : path;
}
