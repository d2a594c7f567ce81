/**
 * The config and credentials files of the AWS CLI (botocore, session.py: AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE, which may hold
 * variables themselves).
 */
export declare function awsFiles(env: NodeJS.ProcessEnv): {
  readonly config: string;
  readonly credentials: string;
};
export declare function homeOf(env: NodeJS.ProcessEnv): string;
/** The other of the two files: of the AWS CLI's own, the one that it reads beside; elsewhere, the one in the same `.aws` folder. */
export declare function otherAwsFile(path: string, env: NodeJS.ProcessEnv): string | undefined;
/** `~` at the start stands for the home folder. */
export declare function untilde(path: string, home: string): string;
