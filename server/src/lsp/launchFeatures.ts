// Launch commands, the steps before them, and the commands that set up what a launch lacks: made in the core, shown by the client.

import { type CodeAction, CodeActionKind, type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { ConfigDocument } from '../core/document';
import { parseArguments } from '../core/emr/launchArguments';
import { annotated, launchCommand, launchProfiles, profileProblems } from '../core/emr/launchCommand';
import { setupCommands } from '../core/emr/setupCommands';
import type { Shell } from '../core/emr/shell';
import { launchSteps } from '../core/features/launchSteps';
import { withoutPasswords } from '../core/launch/launch';
import { type Project, whyNoLaunchName } from '../core/project';
import { withLaunch } from '../core/projectEdit';
import { projectFileName } from '../core/projectFileName';
import { noSurroundings } from '../core/surroundings';
import { type Span, spansTouch } from '../core/text';
import { toTextEdit } from './convert';
import {
  type LaunchCommandParams,
  type LaunchCommandResult,
  type LaunchFile,
  type LaunchPresetItem,
  type LaunchProfilesParams,
  type LaunchStepsParams,
  type LaunchStepsResult,
  launchCommandCommand,
  launchCommandRequest,
  launchPresetsRequest,
  launchProfilesRequest,
  launchStepsRequest,
  type SavePresetParams,
  type SavePresetResult,
  type SetupCommandsParams,
  type SetupCommandsResult,
  savePresetRequest,
  setupCommandsRequest,
} from './protocol';
import type { ReadConfig } from './roleMapFeatures';
import { baseName } from './runtime';

export interface LaunchHost {
  /** The URIs of config files: first the one in front of the user, if it is one. */
  configs(uri: string | undefined): readonly string[];
  /** A config file as the user sees it, with what it is judged by. */
  config(uri: string): Promise<ReadConfig | undefined>;
  /** Of the machine. */
  readonly shell: Shell;
  /** The project files at the top of the workspace folders, in a workspace that is trusted. */
  projects(): Promise<readonly { readonly folder: string; readonly project: Project }[]>;
  /** The text of such a file as the user sees it; nothing where there is none yet. */
  projectText(folder: string): Promise<{ readonly text: string | undefined } | { readonly refused: string }>;
}

export function answerLaunches(connection: Connection, host: LaunchHost): void {
  connection.onRequest(launchProfilesRequest, async ({ uri }: LaunchProfilesParams): Promise<LaunchFile[]> => {
    const files = await Promise.all(host.configs(uri).map(async (file) => ({ uri: file, config: await host.config(file) })));
    return files.flatMap((file) => (file.config === undefined ? [] : [{ uri: file.uri, profiles: profilesIn(file.config) }]));
  });

  connection.onRequest(launchPresetsRequest, async (): Promise<LaunchPresetItem[]> => {
    const projects = await host.projects();
    return projects.flatMap(({ folder, project }) => project.launches.map((preset) => ({ ...preset, folder })));
  });

  const gone = ({ uri, profile }: LaunchCommandParams) => refusal(`${baseName(uri)} has no profile "${profile}" any more.`);

  connection.onRequest(launchStepsRequest, async ({ answer, ...params }: LaunchStepsParams): Promise<LaunchStepsResult> => {
    const config = await host.config(params.uri);
    const { words = [], shell = config?.context.settings.shell ?? host.shell } = params;
    const questions = config && launchSteps(config.document, params.profile, config.context, { words, shell }, answer);
    if (questions === undefined) throw gone(params);
    return questions;
  });

  connection.onRequest(launchCommandRequest, async (params: LaunchCommandParams): Promise<LaunchCommandResult> => {
    const config = await host.config(params.uri);
    if (config === undefined) throw gone(params);
    const { document, context } = config;
    const settings = { ...context.settings, shell: params.shell ?? context.settings.shell ?? host.shell };
    const given = parseArguments(params.words ?? []);
    const unread = given.problems.flatMap(({ by, message }) => (by === 'cli' ? [message] : []));
    if (unread.length > 0) throw refusal(unread.join(' '));
    const result = launchCommand(document, params.profile, { ...context, settings }, given);
    if (result === undefined) throw gone(params);
    if ('refused' in result) throw refusal(result.refused);
    const { command, line, shell, words, problems } = result;
    const errors = problems.filter(({ severity }) => severity === 'error').length;
    return { command, ...(line === undefined ? {} : { line }), annotated: annotated(result), shell, words, errors };
  });

  connection.onRequest(savePresetRequest, async ({ folder, preset }: SavePresetParams): Promise<SavePresetResult> => {
    const unfit = whyNoLaunchName(preset.name);
    if (unfit !== undefined) throw refusal(`"${preset.name}" ${unfit}.`);
    if (preset.options.some((word) => withoutPasswords(word) !== word))
      throw refusal(`${projectFileName} is for everybody in the project: a preset may have no password.`);
    const file = await host.projectText(folder);
    if ('refused' in file) throw refusal(file.refused);
    const edits = withLaunch(file.text, preset);
    if ('refused' in edits) throw refusal(edits.refused);
    const document = TextDocument.create('', '', 0, file.text ?? '');
    return { uri: `${folder}/${projectFileName}`, isNew: file.text === undefined, edits: edits.map((edit) => toTextEdit(document, edit)) };
  });

  connection.onRequest(setupCommandsRequest, async ({ uri, rule, position }: SetupCommandsParams): Promise<SetupCommandsResult> => {
    const config = await host.config(uri);
    const offset = config === undefined ? 0 : TextDocument.create(uri, '', 0, config.document.text).offsetAt(position);
    const result = config && setupCommands(config.document, rule, offset, config.context);
    if (result !== undefined && 'script' in result) return { script: result.script };
    throw refusal(result?.refused ?? 'There is nothing to set up here any more.');
  });
}

/** On the emr block at a place. */
export function launchActions(uri: string, { emrBlocks }: ConfigDocument, place: Span): readonly CodeAction[] {
  const block = emrBlocks.find(({ setting }) => spansTouch(setting.span, place));
  if (block === undefined) return [];
  const title = 'Generate launch command';
  const command = { title, command: launchCommandCommand, arguments: [{ uri, profile: block.profile } satisfies LaunchCommandParams] };
  return [{ title, kind: CodeActionKind.Empty, command }];
}

function profilesIn({ document, context }: ReadConfig): LaunchFile['profiles'] {
  const problems = profileProblems(document, context);
  return launchProfiles(document, context.surroundings ?? noSurroundings).map(({ name, serviceRole, instanceProfile }) => {
    const own = problems.get(name)?.map(({ message }) => message);
    return {
      name,
      ...(serviceRole === undefined ? {} : { serviceRole }),
      ...(instanceProfile === undefined ? {} : { instanceProfile }),
      ...(own === undefined ? {} : { problems: own }),
    };
  });
}

function refusal(sentence: string): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestFailed, sentence);
}
