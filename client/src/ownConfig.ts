// The config file of this machine's AWS CLI.

import * as vscode from 'vscode';
import { awsFiles } from '../../server/src/node/awsFiles';

export function ownConfig(): vscode.Uri {
  return vscode.Uri.file(awsFiles(process.env).config);
}
