// Alone, so that the client can tell a project file without loading what reads it.

export const projectFileName = '.emr-iam.jsonc';
