// The config file of this machine's AWS CLI.

import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';

/** Botocore, session.py: AWS_CONFIG_FILE. */
export function ownConfig(): vscode.Uri {
  return vscode.Uri.file(process.env['AWS_CONFIG_FILE'] || join(homedir(), '.aws', 'config'));
}
