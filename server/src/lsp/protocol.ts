// What client and server say to each other beyond the language server protocol.

import type { LaunchPreset } from '../core/emr/launchPreset';
import type { Shell } from '../core/emr/shell';
import type { FactsSource } from '../core/facts/facts';
import type { LaunchAnswer, LaunchQuestions, LaunchStep } from '../core/features/launchSteps';

/** Request: the profiles that a launch command can be written for. */
export const launchProfilesRequest = 'emrIam/launchProfiles';
/** `uri` of the AWS config file in front of the user, which then comes first. */
export interface LaunchProfilesParams {
  readonly uri?: string;
}
export interface LaunchFile {
  readonly uri: string;
  readonly profiles: readonly LaunchProfileItem[];
}
export interface LaunchProfileItem {
  readonly name: string;
  readonly serviceRole?: string;
  readonly instanceProfile?: string;
  /** Sentences about its emr block, if there are any. */
  readonly problems?: readonly string[];
}

/** Request: the launches that the project files at the top of the workspace folders keep. */
export const launchPresetsRequest = 'emrIam/launchPresets';
export interface LaunchPresetItem extends LaunchPreset {
  /** The URI of the workspace folder. */
  readonly folder: string;
}

/** Request: the steps before a launch command, for the answers so far; an error response says in a sentence why there are none. */
export const launchStepsRequest = 'emrIam/launchSteps';
export interface LaunchStepsParams extends LaunchCommandParams {
  /** To one of the steps, which the result then takes into account. */
  readonly answer?: LaunchAnswer;
}
export type LaunchStepsResult = LaunchQuestions;
export type { LaunchStep };

/** Request: the launch command of one of them; an error response says in a sentence why there is none. */
export const launchCommandRequest = 'emrIam/launchCommand';
export interface LaunchCommandParams {
  readonly uri: string;
  readonly profile: string;
  /** Those behind `create-cluster`; without them, the profile and the defaults say everything. */
  readonly words?: readonly string[];
  /** Without one, that of the settings, or of the machine. */
  readonly shell?: Shell;
}
export interface LaunchCommandResult {
  readonly shell: Shell;
  /** The command alone, for the clipboard. */
  readonly command: string;
  /** The same for a terminal, where it can be on one line. */
  readonly line?: string;
  /** Those that make the same launch again, for a preset. */
  readonly words: readonly string[];
  /** With problems, notes, and where values come from, as comments above it. */
  readonly annotated: string;
  /** How many errors a launch would fail with. */
  readonly errors: number;
}

/** Request: how a launch gets into the project file of a workspace folder; an error response says in a sentence why it does not. */
export const savePresetRequest = 'emrIam/savePreset';
export interface SavePresetParams {
  /** The URI of the workspace folder. */
  readonly folder: string;
  readonly preset: LaunchPreset;
}
export interface SavePresetResult {
  /** Of the project file. */
  readonly uri: string;
  readonly isNew: boolean;
  readonly edits: readonly WireEdit[];
}

/** Request: the role map of a profile; an error response says in a sentence why there is none. */
export const roleMapRequest = 'emrIam/roleMap';
export interface RoleMapParams {
  readonly uri: string;
  readonly profile: string;
}
export interface RoleMapResult {
  readonly title: string;
  /** SVG for a page that styles it by classes; each node that can be reached has its index in `data-node`. */
  readonly picture: string;
  /** The same as nested lists of HTML, with the same indices. */
  readonly list: string;
  /** A file of SVG that stands alone. */
  readonly svg: string;
  readonly mermaid: string;
  /** By the index of a node; null for one that comes from nowhere. */
  readonly links: readonly (RoleMapLink | null)[];
}
export interface RoleMapLink {
  readonly uri: string;
  readonly range?: WireEdit['range'];
  /** Where the range is not known: the first member of JSON with this name and value. */
  readonly member?: { readonly name: string; readonly value: string };
}

/** Notification to a client with commands: settings, facts or files that role maps are made from have changed. */
export const changedNotification = 'emrIam/changed';

/** Request: the AWS commands that set up what a finding says is missing; an error response says in a sentence why there are none. */
export const setupCommandsRequest = 'emrIam/setupCommands';
export interface SetupCommandsParams {
  readonly uri: string;
  readonly rule: string;
  /** Where the finding begins. */
  readonly position: WirePosition;
}
export interface SetupCommandsResult {
  readonly script: string;
}

/** The commands of the client that lenses and code actions name. */
export const showRoleMapCommand = 'emrIam.showRoleMap';
export const launchCommandCommand = 'emrIam.generateLaunchCommand';
export const showSetupCommandsCommand = 'emrIam.showSetupCommands';
/** A command for another shell, in an editor of its own. */
export const showShellTextCommand = 'emrIam.showShellText';
export interface ShowShellTextParams {
  readonly text: string;
  readonly shell: Shell;
}

/** Notification from the server: where the facts of a document come from, and what of them could not be used. */
export const factsNotification = 'emrIam/facts';
export interface FactsParams {
  readonly sources: readonly Pick<FactsSource, 'label' | 'kind' | 'asOf'>[];
  readonly problems: readonly string[];
  /** Sentences about what the sources do not tell. */
  readonly gaps: readonly string[];
  /** Sentences about what the sources say differently. */
  readonly conflicts: readonly string[];
}

/** Request: IAM is asked, with the profile of the user's settings; the answer is a sentence, and an error response says why there is none. */
export const askIamRequest = 'emrIam/askIam';
export interface AskIamParams {
  /** About the names in the file at `uri`, about the whole account, or about what was asked before. */
  readonly what: 'file' | 'account' | 'again';
  readonly uri?: string | undefined;
}

export { described } from '../core/facts/provenance';
export { projectFileName } from '../core/projectFileName';

/** What a client may say in its `initializationOptions`; one that says nothing knows no workspace that is not trusted. */
export interface InitializationOptions {
  readonly isTrusted?: boolean;
  /** The URI of a folder of the client's own, for what its user wants kept. */
  readonly storage?: string;
  /** Whether it has this extension's commands. */
  readonly hasCommands?: boolean;
}

/** Notification from the client: the workspace has become trusted. */
export const trustedNotification = 'emrIam/trusted';

/** Request from a server in a web worker, which has no files: the content of one. */
export const readFileRequest = 'emrIam/readFile';
export interface ReadFileParams {
  readonly uri: string;
  /** In bytes. */
  readonly limit: number;
  /** Of an earlier answer, to be told "unchanged". */
  readonly stamp: string | undefined;
  /** The URI of a folder above the file, below which no link is followed. */
  readonly within: string | undefined;
}
export type ReadFileResult =
  /** The stamp is empty, and `modified` missing, where the file system does not tell when a file was changed. */
  | { readonly state: 'bytes'; readonly bytes: Uint8Array; readonly stamp: string; readonly modified?: number | undefined }
  | { readonly state: 'unchanged' }
  | { readonly state: 'too-large' }
  | { readonly state: 'link' }
  /** `code` of VS Code's FileSystemError. */
  | { readonly state: 'error'; readonly code: string };

/** Request from the same server: the URIs of the files below a folder that may declare roles. */
export const findFilesRequest = 'emrIam/findFiles';
export interface FindFilesParams {
  /** A URI. */
  readonly folder: string;
  readonly limit: number;
}
/** The ends of their names. */
export const declaringFiles = ['json', 'jsonc', 'template'] as const;
/** Folders that hold what tools have installed or made, or that no project is kept in. */
export const skippedFolders = [
  'node_modules',
  '.git',
  'dist',
  'build',
  'out',
  'target',
  'vendor',
  'venv',
  'coverage',
  '__pycache__',
] as const;

/** Request from the same server: one of the packed files that come with the extension, as bytes. */
export const serviceDataRequest = 'emrIam/serviceData';
export type ServiceData = 'catalog' | 'descriptions';

/** What a diagnostic carries for the code actions: the fixes, and the version of the text that they are for. */
export interface DiagnosticData {
  readonly version: number;
  readonly fixes: readonly { readonly title: string; readonly kind: 'safe' | 'suggestion'; readonly edits: readonly WireEdit[] }[];
}
export interface WireEdit {
  readonly range: { readonly start: WirePosition; readonly end: WirePosition };
  readonly newText: string;
}
interface WirePosition {
  readonly line: number;
  readonly character: number;
}
