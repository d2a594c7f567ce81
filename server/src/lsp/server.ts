// The language server over any connection. What it keeps besides caches: what IAM answered, and what texts declared before they broke.

import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type Connection,
  type Diagnostic,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type DocumentSelector,
  type InitializeParams,
  type InitializeResult,
  LSPErrorCodes,
  type Range,
  ResponseError,
  type ServerCapabilities,
  TextDocumentSyncKind,
  TextDocuments,
  type WorkspaceFolder,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Catalog, createCatalog, createDescriptions, type Descriptions } from '../core/catalog/catalog';
import { type ConfigDocument, type Document, holdsPolicy, parseDocument, type Syntax, sizeLimit, syntaxOf } from '../core/document';
import { keyPaths, usedBlocks } from '../core/emr/block';
import type { RoleKind } from '../core/emr/roleKind';
import { namesOf, type RoleUses, roleUses } from '../core/emr/roles';
import { setupTitle } from '../core/emr/setupCommands';
import type { Declarations } from '../core/facts/declarations';
import type { AccountFacts, FactsSource } from '../core/facts/facts';
import { conflictInWords, gapsOf } from '../core/facts/provenance';
import { declarationsOf, workspaceFacts } from '../core/facts/workspace';
import { hover } from '../core/features/hover';
import { refactorings } from '../core/features/policyRefactor';
import type { Finding } from '../core/finding';
import { safeEdits } from '../core/fix';
import { entriesFor } from '../core/ignore';
import { namesIn } from '../core/launch/effectiveRoles';
import { type LintContext, lint, needsCatalog } from '../core/lint';
import { policyKindOf } from '../core/policy/kindGlob';
import type { RootPolicy } from '../core/policy/policy';
import { emptyProject, maxProjectSize, parseProject, projectFindings, roleKindsIn, rootPolicyAt, settingsIn } from '../core/project';
import { projectFileName } from '../core/projectFileName';
import { ruleIds } from '../core/rules/index';
import { readSettings, type Settings, section } from '../core/settings';
import { isSuppressible, suppressionFix } from '../core/suppression';
import { noSurroundings, type Surroundings } from '../core/surroundings';
import { answerConfigFeatures, type ConfigHost, registerConfigFeatures, staticCapabilities } from './configFeatures';
import { configFiles } from './configFiles';
import {
  fixAllKind,
  isDiagnosticData,
  refactoringKind,
  toCodeActions,
  toDiagnostic,
  toRange,
  toSpan,
  toTextEdit,
  toWorkspaceEdit,
} from './convert';
import { background, type Diagnose, type DiagnosticsService, pullDiagnostics, pushDiagnostics } from './diagnostics';
import { type FactsFile, factsCache, type LoadedFacts } from './factsCache';
import { answerLaunches, launchActions } from './launchFeatures';
import { liveFacts } from './live';
import { type PolicyHost, policyFeatures, registerPolicyFeatures } from './policyFeatures';
import { type ProjectFile, projectFiles } from './projectFiles';
import {
  type AskIamParams,
  askIamRequest,
  changedNotification,
  type DiagnosticData,
  declaringFiles,
  type FactsParams,
  factsNotification,
  type InitializationOptions,
  type SetupCommandsParams,
  showSetupCommandsCommand,
  trustedNotification,
} from './protocol';
import { roleFeatures } from './roleFeatures';
import { answerRoleMap, type ReadConfig } from './roleMapFeatures';
import { baseName, type Runtime } from './runtime';
import { registerScriptFeatures, type ScriptHost, scriptFeatures } from './scriptFeatures';
import { fileKey, isBelow, pathIn, pathOf, samePath } from './uri';
import { workspaceFiles } from './workspaceFiles';

/** What holds for a document beside its text: by the settings and by the project file. */
interface AccountContext extends Pick<LintContext, 'settings' | 'facts' | 'ignore'> {
  readonly root: RootPolicy | undefined;
  /** What the project says that roles are for. */
  readonly roleKinds: ReadonlyMap<string, RoleKind>;
  readonly uriOf: LoadedFacts['uriOf'];
}

interface Looked {
  readonly document: TextDocument;
  readonly parsed: Document;
  readonly context: LintContext;
  readonly findings: readonly Finding[];
}

export function startServer(connection: Connection, runtime: Runtime): void {
  const documents = new TextDocuments(TextDocument);
  const cache = factsCache(runtime);
  const onDisk = configFiles(runtime);
  const projects = projectFiles(runtime);
  const live = liveFacts(connection, runtime.live, () => storage);
  const workspace = workspaceFiles(runtime, projects, () => diagnostics?.refresh());
  const parsedOf = new Map<string, { readonly version: number; readonly root: RootPolicy | undefined; readonly parsed: Document }>();
  /** What is known of bare policies, by the URI of the document: the same object until something else is. */
  const rootOf = new Map<string, RootPolicy | undefined>();
  const factsUris = new Set<string>();
  const logged = new Set<string>();
  let folders: readonly WorkspaceFolder[] = [];
  let client: ClientAbilities = noAbilities;
  let givenSettings: unknown;
  let isTrusted = true;
  let storage: string | undefined;
  let hasCommands = false;
  let lastStatus = '';
  let diagnostics: DiagnosticsService | undefined;
  const refresh = (): void => {
    logged.clear();
    diagnostics?.refresh();
    if (hasCommands) background(connection.sendNotification(changedNotification));
  };

  /** Each problem is one line of the log, until settings or facts change. */
  const logOnce = (sentence: string): void => {
    if (logged.has(sentence)) return;
    logged.add(sentence);
    connection.console.warn(sentence);
  };

  /** A client that cannot answer leaves the defaults in force. */
  const askSettings = (scopeUri?: string): Promise<unknown> =>
    connection.workspace.getConfiguration(scopeUri === undefined ? { section } : { scopeUri, section }).then(undefined, () => {
      logOnce('The editor did not answer what the settings are; the defaults are used.');
    });

  /** What open documents declare, by their keys. While one is broken, what it declared before. */
  const openDeclared = new Map<string, { readonly parsed: Document; readonly declared: Declarations }>();
  const declarationsInOpen = (): ReadonlyMap<string, Declarations> => {
    const open = new Map<string, Declarations>();
    for (const document of documents.all()) {
      const parsed = baseName(document.uri) === projectFileName ? undefined : parse(document);
      if (parsed?.kind !== 'json') continue;
      const key = fileKey(document.uri);
      const last = openDeclared.get(key);
      const isKept = last !== undefined && (last.parsed === parsed || parsed.isBroken);
      if (parsed.isBroken && !isKept) continue;
      const declared = isKept ? last.declared : declarationsOf(parsed, document.uri, baseName(document.uri));
      openDeclared.set(key, { parsed, declared });
      open.set(key, declared);
    }
    return open;
  };

  let declared: readonly Declarations[] = [];
  let workspaceSource: FactsSource | undefined;
  /** The same object until something else is declared. */
  const workspaceSources = (): readonly FactsSource[] => {
    const now = workspace.declarations(declarationsInOpen());
    if (now.length !== declared.length || now.some((each, i) => each !== declared[i])) {
      declared = now;
      workspaceSource = workspaceFacts(now);
    }
    return workspaceSource === undefined ? [] : [workspaceSource];
  };

  const contextOf = async (uri: string): Promise<AccountContext> => {
    const raw: unknown = client.configuration ? await askSettings(uri) : givenSettings;
    const { settings: own, problems: wrongSettings } = readSettings(raw, ruleIds);
    const holder = folders.filter((candidate) => isBelow(uri, candidate.uri)).at(-1);
    const file = holder && (await projects.nearest(uri, holder.uri));
    const settings = settingsIn(file?.project ?? emptyProject, own);
    const factsFiles = factsOf(own, holder ?? folders[0], file);
    if (isTrusted) readWorkspace(file);
    const asked = isTrusted ? await live.known(own.live) : { sources: [], problems: [] };
    const loaded = await cache.load(factsFiles, [...asked.sources, ...workspaceSources()]);
    for (const facts of factsFiles) watch(facts.uri);
    const problems = [...wrongSettings, ...(file?.problems ?? []), ...loaded.problems, ...asked.problems, ...workspace.problems()];
    const { sources } = loaded.facts;
    const conflicts = loaded.facts.conflicts.map(conflictInWords);
    for (const sentence of [...problems, ...conflicts]) logOnce(sentence);
    const status: FactsParams = {
      sources: sources.map(({ label, kind, asOf }) => ({ label, kind, asOf })),
      problems,
      gaps: gapsOf(sources),
      conflicts,
    };
    if (JSON.stringify(status) !== lastStatus) {
      lastStatus = JSON.stringify(status);
      background(connection.sendNotification(factsNotification, status));
    }
    const ownKind = holder && policyKindOf(own.policyKinds, pathIn(holder.uri, uri));
    const root = file && rootPolicyAt(file.project, pathIn(file.folder, uri));
    return {
      settings,
      facts: loaded.facts,
      root: ownKind === undefined || ownKind === root?.kind ? root : { kind: ownKind },
      roleKinds: roleKindsIn(file?.project ?? emptyProject),
      uriOf: loaded.uriOf,
      ignore: file && entriesFor(file.project.ignore, pathIn(file.folder, uri)),
    };
  };

  let isWatchingWorkspace = false;
  const readWorkspace = (file: ProjectFile | undefined): void => {
    workspace.read(
      folders.map(({ uri }) => uri),
      file,
    );
    if (isWatchingWorkspace || !client.watchedFiles) return;
    isWatchingWorkspace = true;
    const watchers = [{ globPattern: `**/*.{${declaringFiles.join()}}` }];
    background(connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }));
  };

  /** The facts files of the settings take the place of the project's. */
  const factsOf = ({ factsFiles }: Settings, folder: WorkspaceFolder | undefined, file: ProjectFile | undefined): readonly FactsFile[] => {
    const at = (paths: readonly string[], base: string | undefined, within: string | undefined): FactsFile[] =>
      paths.flatMap((path) => runtime.resolve(path, base) ?? []).map((uri) => ({ uri, within }));
    if (factsFiles.length > 0) return at(factsFiles, folder?.uri, undefined);
    return file === undefined || !isTrusted ? [] : at(file.project.factsFiles, file.folder, file.folder);
  };

  const watch = (uri: string): void => {
    const cut = uri.lastIndexOf('/');
    if (cut < 0 || factsUris.has(uri)) return;
    factsUris.add(uri);
    if (!client.watchedFiles) return;
    // A base and a name, since a glob alone reaches no file outside of the workspace folders.
    const globPattern = client.relativePatterns ? { baseUri: uri.slice(0, cut), pattern: baseName(uri) } : `**/${baseName(uri)}`;
    background(connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern }] }));
  };

  const isOfWorkspaceAlone = (uri: string): boolean =>
    declaringFiles.some((end) => uri.endsWith(`.${end}`)) &&
    baseName(uri) !== projectFileName &&
    ![...factsUris].some((known) => fileKey(known) === fileKey(uri));

  const syntaxIn = ({ uri, languageId }: { readonly uri: string; readonly languageId?: string }): Syntax | undefined => {
    const path = pathOf(uri);
    return samePath(path, pathOf(runtime.awsConfig)) ? 'aws-config' : syntaxOf(path, languageId);
  };

  const parse = (document: TextDocument): Document | undefined => {
    const syntax = syntaxIn(document);
    if (syntax === undefined) return undefined;
    const known = parsedOf.get(document.uri);
    const root = rootOf.get(document.uri);
    if (known?.version === document.version && known.root === root) return known.parsed;
    const parsed = parseDocument(document.getText(), syntax, root);
    if (parsed.kind === 'refused') logOnce(`${baseName(document.uri)}: not checked: ${parsed.reason}.`);
    parsedOf.set(document.uri, { version: document.version, root, parsed });
    return parsed;
  };

  /** A config file as the user sees it: the text of the editor, if it is open there, else of the disk. */
  const readConfig = async (uri: string, syntax: Syntax): Promise<ConfigDocument | undefined> => {
    const open = documents.all().find((document) => samePath(pathOf(document.uri), pathOf(uri)));
    if (open !== undefined) {
      const parsed = parse(open);
      return parsed?.kind === 'config' ? parsed : undefined;
    }
    return (await onDisk.read(uri, syntax))?.document;
  };

  const surroundingsOf = async (uri: string, document: ConfigDocument): Promise<Surroundings> => {
    const otherUri = runtime.otherAwsFile(uri);
    if (otherUri !== undefined) watch(otherUri);
    const [disk, other, ...keys] = await Promise.all([
      onDisk.read(uri, document.syntax),
      otherUri && readConfig(otherUri, document.file === 'config' ? 'aws-credentials' : 'aws-config'),
      ...(isOwn(uri) ? keyPaths(document).map(async (path) => [path, await runtime.keyPairFile(path)] as const) : []),
    ]);
    const keyPairFiles = new Map(keys.flatMap(([path, state]) => (state === undefined ? [] : [[path, state] as const])));
    return { encoding: disk?.encoding, other: other || undefined, keyPairFiles };
  };

  /** The emr blocks of the user's own config file and of those in front of him, as roles are used there. */
  const usesIn = async (facts: AccountFacts, roleKinds: ReadonlyMap<string, RoleKind>): Promise<RoleUses> => {
    watch(runtime.awsConfig);
    const blocks = await Promise.all(
      (await configsInView()).map(async ({ uri, parsed }) => usedBlocks(parsed, await besides(uri, parsed))),
    );
    return roleUses(blocks.flat(), facts, roleKinds);
  };

  const configsInView = async (): Promise<readonly { readonly uri: string; readonly parsed: ConfigDocument }[]> => {
    const open = documents.all().flatMap((document) => {
      const parsed = parse(document);
      return parsed?.kind === 'config' ? [{ uri: document.uri, parsed }] : [];
    });
    if (open.some(({ uri }) => samePath(pathOf(uri), pathOf(runtime.awsConfig)))) return open;
    const own = await readConfig(runtime.awsConfig, 'aws-config');
    return own === undefined ? open : [...open, { uri: runtime.awsConfig, parsed: own }];
  };

  /** As far as it matters to which blocks are used. */
  const besides = async (uri: string, { file }: ConfigDocument): Promise<Surroundings> => {
    const otherUri = runtime.otherAwsFile(uri);
    const other = otherUri && (await readConfig(otherUri, file === 'config' ? 'aws-credentials' : 'aws-config'));
    return { ...noSurroundings, other: other || undefined };
  };

  /** Around a script: the files of the user who would run it. */
  const ownFiles = async (): Promise<Surroundings | undefined> => {
    const otherUri = runtime.otherAwsFile(runtime.awsConfig);
    const config = await readConfig(runtime.awsConfig, 'aws-config');
    if (config === undefined) return undefined;
    const credentials = otherUri === undefined ? undefined : await readConfig(otherUri, 'aws-credentials');
    for (const own of [runtime.awsConfig, otherUri]) if (own !== undefined) watch(own);
    return { aws: { config, credentials }, keyPairFiles: new Map() };
  };

  /** Whether the AWS CLI of this machine reads the file: a file of somebody else's must not make this machine look anywhere. */
  const isOwn = (uri: string): boolean =>
    [runtime.awsConfig, runtime.otherAwsFile(runtime.awsConfig)].some((own) => own !== undefined && samePath(pathOf(own), pathOf(uri)));

  /** The current text of an open document, looked at; nothing if there is none, it is not for us, or the request was cancelled. */
  const look = async (uri: string, token?: CancellationToken): Promise<Looked | undefined> => {
    if (!isOurs(documents.get(uri))) return undefined;
    const { root, roleKinds, uriOf: _, ...account } = await contextOf(uri);
    if (token?.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
    // Settings and facts took their time: the text may be another one by now.
    const document = documents.get(uri);
    if (document === undefined) return undefined;
    if (JSON.stringify(rootOf.get(uri)) !== JSON.stringify(root)) rootOf.set(uri, root);
    const parsed = parse(document);
    if (parsed === undefined) return undefined;
    const surroundings =
      parsed.kind === 'config' ? await surroundingsOf(uri, parsed) : parsed.kind === 'launch' ? await ownFiles() : undefined;
    const catalog = needsCatalog(parsed, account.facts) ? await loadCatalog() : undefined;
    const uses = parsed.kind === 'json' ? await usesIn(account.facts, roleKinds) : undefined;
    if (documents.get(uri)?.version !== document.version) return look(uri, token);
    const context = { ...account, uses, catalog, surroundings };
    return { document, parsed, context, findings: lint(parsed, context) };
  };

  let describing: Promise<Descriptions | undefined> | undefined;
  const loadDescriptions = (): Promise<Descriptions | undefined> => {
    describing ??= runtime.descriptions().then((packed) => packed && createDescriptions(packed));
    return describing;
  };

  let loading: Promise<Catalog | undefined> | undefined;
  /** Once, when something first shows up that needs it. */
  const loadCatalog = (): Promise<Catalog | undefined> => {
    loading ??= runtime.catalog().then((packed) => packed && createCatalog(packed));
    return loading;
  };

  /** Every JSON file and script of the workspace comes here; most hold nothing of ours, and cost nothing more. */
  const isOurs = (document: TextDocument | undefined): boolean => {
    const parsed = document && parse(document);
    if (parsed?.kind === 'launch') return parsed.launches.length > 0;
    return parsed?.kind === 'config' || (parsed?.kind === 'json' && holdsPolicy(parsed));
  };

  /** A project file in the editor: its text may be one that is not on the disk yet. */
  const diagnoseProject: Diagnose = async (uri) => {
    const { settings } = await contextOf(uri);
    const document = documents.get(uri);
    if (document === undefined) return undefined;
    const { problems } = parseProject(document.getText(), ruleIds);
    const findings = settings.enable ? projectFindings(problems, []) : [];
    return findings.map((finding) => toDiagnostic(document, finding, false));
  };

  const diagnose: Diagnose = async (uri, token) => {
    if (baseName(uri) === projectFileName) return diagnoseProject(uri, token);
    const looked = await look(uri, token);
    // A text that is not for us, or no longer, has no findings.
    if (looked === undefined) return documents.get(uri) === undefined ? undefined : [];
    return looked.findings.map((finding) => toDiagnostic(looked.document, finding, client.relatedInformation));
  };

  connection.onInitialize((params): InitializeResult => {
    client = abilitiesOf(params);
    folders = params.workspaceFolders ?? (params.rootUri ? [{ uri: params.rootUri, name: '' }] : []);
    givenSettings = params.initializationOptions;
    isTrusted = optionOf(params.initializationOptions, 'isTrusted') !== false;
    storage = storageOf(params.initializationOptions);
    hasCommands = optionOf(params.initializationOptions, 'hasCommands') === true;
    diagnostics = client.pull ? pullDiagnostics(connection, diagnose, client.refresh) : pushDiagnostics(connection, documents, diagnose);
    return { capabilities: capabilities(client), serverInfo: { name: 'emr-iam' } };
  });

  connection.onInitialized(() => {
    if (client.dynamicConfiguration) background(connection.client.register(DidChangeConfigurationNotification.type, { section }));
    if (client.dynamicFeatures) {
      background(registerConfigFeatures(connection, configSelector(pathOf(runtime.awsConfig), folders), hasCommands));
      background(registerPolicyFeatures(connection, schemesOf(folders)));
      background(registerScriptFeatures(connection, schemesOf(folders)));
    }
    if (client.watchedFiles) {
      const watchers = [{ globPattern: `**/${projectFileName}` }];
      background(connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }));
    }
    if (client.folders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => uri));
        folders = [...folders.filter(({ uri }) => !gone.has(uri)), ...added];
        refresh();
      });
    }
  });

  connection.onDidChangeConfiguration(({ settings }: { settings?: unknown }) => {
    if (!client.configuration) givenSettings = ownSection(settings);
    refresh();
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const uris = changes.map(({ uri }) => uri);
    workspace.changed(uris);
    // What only declares something refreshes by itself, if it is news.
    if (!uris.every(isOfWorkspaceAlone)) refresh();
  });
  connection.onNotification(trustedNotification, () => {
    isTrusted = true;
    refresh();
  });
  documents.onDidClose(({ document: { uri } }) => {
    parsedOf.delete(uri);
    rootOf.delete(uri);
    openDeclared.delete(fileKey(uri));
    // From now on its file counts, which may have been saved meanwhile.
    workspace.changed([uri]);
  });

  const roles = roleFeatures({
    async declarations() {
      if (isTrusted) readWorkspace(undefined);
      await workspace.settled();
      return workspace.declarations(declarationsInOpen());
    },
    async text(uri) {
      const open = documents.all().find((document) => fileKey(document.uri) === fileKey(uri));
      if (open !== undefined) return open;
      const file = await runtime.read(uri, sizeLimit(syntaxIn({ uri })));
      const isJson = syntaxIn({ uri }) !== 'aws-config';
      return file.state === 'text' ? TextDocument.create(uri, '', 0, isJson ? file.text.replace(/^\ufeff/, '') : file.text) : undefined;
    },
    configs: configsInView,
  });

  const policyHost: PolicyHost = {
    open(uri) {
      const document = documents.get(uri);
      const parsed = document && parse(document);
      return document !== undefined && parsed?.kind === 'json' ? { document, parsed } : undefined;
    },
    kindOf: async (uri) => (await contextOf(uri)).root?.kind,
    pathOf,
    catalog: loadCatalog,
    descriptions: loadDescriptions,
    hasSnippets: () => client.snippets,
  };

  const configs: ConfigHost = {
    open(uri) {
      const document = documents.get(uri);
      const parsed = document && parse(document);
      return document !== undefined && parsed?.kind === 'config' ? { document, parsed } : undefined;
    },
    async look(uri, token) {
      const looked = await look(uri, token);
      return looked?.parsed.kind === 'config' ? { ...looked, parsed: looked.parsed } : undefined;
    },
    otherUri: (uri) => runtime.otherAwsFile(uri),
  };
  const scriptHost: ScriptHost = {
    open(uri) {
      const document = documents.get(uri);
      const parsed = document && parse(document);
      return document !== undefined && parsed?.kind === 'launch' ? { document, parsed } : undefined;
    },
    async around(uri) {
      const { facts } = await contextOf(uri);
      return { facts, surroundings: (await ownFiles()) ?? noSurroundings };
    },
    abilities: () => ({ snippets: client.snippets, disabledActions: client.disabledActions, commands: hasCommands }),
  };
  const scripts = scriptFeatures(scriptHost);
  answerConfigFeatures(connection, configs, policyFeatures(connection, policyHost, roles), scripts, roles);

  /** A config file as the user sees it, with what it is judged by. */
  const judgedConfig = async (uri: string): Promise<ReadConfig | undefined> => {
    const document = await readConfig(uri, syntaxIn({ uri }) ?? 'aws-config');
    if (document === undefined) return undefined;
    const { uriOf, ...account } = await contextOf(uri);
    const surroundings = await surroundingsOf(uri, document);
    const context = { ...account, surroundings, catalog: await loadCatalog(), now: Date.now() };
    return { document, context, otherUri: runtime.otherAwsFile(uri), uriOf };
  };

  const openText = (uri: string): string | undefined =>
    documents
      .all()
      .find((document) => samePath(pathOf(document.uri), pathOf(uri)))
      ?.getText();

  answerRoleMap(connection, {
    open: configs.open,
    config: judgedConfig,
    async text(uri, limit) {
      const open = openText(uri);
      if (open !== undefined) return open;
      const file = await runtime.read(uri, limit);
      return file.state === 'text' ? file.text.replace(/^\ufeff/, '') : undefined;
    },
  });

  answerLaunches(connection, {
    config: judgedConfig,
    shell: runtime.shell,
    configs(uri) {
      const open = documents.all().flatMap((document) => (parse(document)?.kind === 'config' ? [document.uri] : []));
      const inFolders = folders.flatMap((folder) => runtime.resolve('.aws/config', folder.uri) ?? []);
      const candidates = [...(uri !== undefined && open.includes(uri) ? [uri] : []), ...open, ...inFolders, runtime.awsConfig];
      // The client and this server may escape the URI of one file differently.
      return candidates.filter((candidate, i) => candidates.findIndex((other) => samePath(pathOf(other), pathOf(candidate))) === i);
    },
    async projects() {
      const tops = isTrusted ? folders.map(({ uri }) => uri.replace(/\/$/, '')) : [];
      const files = await Promise.all(tops.map((folder) => projects.nearest(`${folder}/${projectFileName}`, folder)));
      return files.filter((file) => file !== undefined);
    },
    async projectText(folder) {
      const uri = `${folder}/${projectFileName}`;
      const open = openText(uri);
      const file = open === undefined ? await runtime.read(uri, maxProjectSize, undefined, folder) : undefined;
      if (file?.state === 'failed' && !file.isMissing) return { refused: `${projectFileName} was not read: ${file.reason}.` };
      return { text: file?.state === 'text' ? file.text.replace(/^\ufeff/, '') : open };
    },
  });

  connection.onHover(async ({ textDocument, position }, token) => {
    const looked = await look(textDocument.uri, token);
    if (looked === undefined) return null;
    const { document, parsed, findings, context } = looked;
    const descriptions = parsed.kind === 'json' ? await loadDescriptions() : undefined;
    const found = hover(parsed, document.offsetAt(position), findings, { ...context, descriptions, now: Date.now() });
    return found === undefined ? null : { range: toRange(document, found.span), contents: { kind: 'markdown', value: found.markdown } };
  });

  connection.onCodeAction(async ({ textDocument, range, context }, token): Promise<CodeAction[]> => {
    const document = documents.get(textDocument.uri);
    if (document === undefined) return [];
    const wants = (kind: string): boolean =>
      context.only === undefined || context.only.some((only) => kind === only || kind.startsWith(`${only}.`));
    // The fixes travel in the diagnostics; those of an older text are left out, since newer diagnostics are on their way.
    const current = context.diagnostics.flatMap((diagnostic): readonly (readonly [Diagnostic, DiagnosticData])[] => {
      const data: unknown = diagnostic.data;
      return isDiagnosticData(data) && data.version === document.version ? [[diagnostic, data]] : [];
    });
    const fixes = wants(CodeActionKind.QuickFix)
      ? [
          ...current.flatMap(([diagnostic, data]) => toCodeActions(document, diagnostic, data)),
          ...(hasCommands ? current.flatMap(([diagnostic]) => setups(document, diagnostic)) : []),
          ...current.flatMap(([diagnostic]) => suppressions(document, diagnostic)),
        ]
      : [];
    const others = Object.values(refactoringKind).some(wants) ? await refactorActions(document, range, token) : [];
    const actions = [...fixes, ...others.filter(({ kind }) => kind !== undefined && wants(kind))];
    if (context.only === undefined && hasCommands) {
      const parsed = parse(document);
      return parsed?.kind === 'config' ? [...actions, ...launchActions(document.uri, parsed, toSpan(document, range))] : actions;
    }
    // Only on request: it needs a look at the whole text.
    if (context.only === undefined || !wants(fixAllKind)) return actions;
    const looked = await look(textDocument.uri, token);
    const edits = looked === undefined ? [] : safeEdits(looked.findings);
    if (looked === undefined || edits.length === 0) return actions;
    const edit = toWorkspaceEdit(
      looked.document,
      edits.map((change) => toTextEdit(looked.document, change)),
    );
    return [...actions, { title: 'Fix all EMR IAM findings that can be fixed safely', kind: fixAllKind, edit }];
  });

  const refactorActions = async (document: TextDocument, range: Range, token: CancellationToken): Promise<CodeAction[]> => {
    const { uri, version } = document;
    if (!isOurs(document)) return [];
    if (scripts.isOpen(uri)) return scripts.rewrites(uri, range);
    const catalog = await loadCatalog();
    if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
    const parsed = parse(document);
    // A range of an older text says nothing of this one.
    if (documents.get(uri)?.version !== version || parsed?.kind !== 'json') return [];
    return refactorings(parsed, toSpan(document, range), catalog).map(({ title, kind, edits }) => {
      const changes = edits.map((edit) => toTextEdit(document, edit));
      return { title, kind: refactoringKind[kind], edit: toWorkspaceEdit(document, changes) };
    });
  };

  /** What IAM is asked about for a file. */
  const namesFor = async (uri: string): Promise<ReturnType<typeof namesOf>> => {
    const open = documents.get(uri);
    const parsed = open && parse(open);
    if (parsed?.kind === 'launch') return namesIn(parsed, (await ownFiles()) ?? noSurroundings);
    const config = await readConfig(uri, syntaxIn({ uri }) ?? 'aws-config');
    return namesOf(config === undefined ? [] : usedBlocks(config, await surroundingsOf(uri, config)));
  };

  connection.onRequest(askIamRequest, async ({ what, uri }: AskIamParams, token): Promise<string | ResponseError> => {
    const refused = (sentence: string): ResponseError => new ResponseError(LSPErrorCodes.RequestFailed, sentence);
    if (!isTrusted) return refused('IAM is not asked in a workspace that is not trusted.');
    const raw: unknown = client.configuration ? await askSettings() : givenSettings;
    const names = uri === undefined ? namesOf([]) : await namesFor(uri);
    const { ok, sentence } = await live.ask(what, names, readSettings(raw, ruleIds).settings.live, token);
    refresh();
    return ok ? sentence : refused(sentence);
  });

  /** What takes AWS commands, which are shown in a new editor. */
  const setups = (document: TextDocument, diagnostic: Diagnostic): CodeAction[] => {
    const title = typeof diagnostic.code === 'string' && parse(document)?.kind === 'config' ? setupTitle(diagnostic.code) : undefined;
    if (title === undefined) return [];
    const params: SetupCommandsParams = { uri: document.uri, rule: String(diagnostic.code), position: diagnostic.range.start };
    const command = { title, command: showSetupCommandsCommand, arguments: [params] };
    return [{ title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], command }];
  };

  /** Last in the menu: what is right should be mended, and what is wrong here should be said. */
  const suppressions = (document: TextDocument, diagnostic: Diagnostic): CodeAction[] => {
    const parsed = parse(document);
    const { code, range } = diagnostic;
    if (parsed === undefined || parsed.kind === 'refused' || typeof code !== 'string' || !isSuppressible(code)) return [];
    const fix = suppressionFix(parsed, code, toSpan(document, range));
    if (fix === undefined) return [];
    const edits = fix.edits.map((edit) => toTextEdit(document, edit));
    return [{ title: fix.title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], edit: toWorkspaceEdit(document, edits) }];
  };

  documents.listen(connection);
  connection.listen();
}

interface ClientAbilities {
  readonly pull: boolean;
  readonly refresh: boolean;
  readonly configuration: boolean;
  readonly dynamicConfiguration: boolean;
  readonly folders: boolean;
  readonly watchedFiles: boolean;
  readonly relativePatterns: boolean;
  readonly relatedInformation: boolean;
  /** Whether it can be told for which documents each feature is. */
  readonly dynamicFeatures: boolean;
  readonly snippets: boolean;
  readonly disabledActions: boolean;
}

const noAbilities: ClientAbilities = {
  pull: false,
  refresh: false,
  configuration: false,
  dynamicConfiguration: false,
  folders: false,
  watchedFiles: false,
  relativePatterns: false,
  relatedInformation: false,
  dynamicFeatures: false,
  snippets: false,
  disabledActions: false,
};

function abilitiesOf({ capabilities: { textDocument, workspace } }: InitializeParams): ClientAbilities {
  return {
    pull: textDocument?.diagnostic !== undefined,
    refresh: workspace?.diagnostics?.refreshSupport === true,
    configuration: workspace?.configuration === true,
    dynamicConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    folders: workspace?.workspaceFolders === true,
    watchedFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    relativePatterns: workspace?.didChangeWatchedFiles?.relativePatternSupport === true,
    relatedInformation: (textDocument?.diagnostic ?? textDocument?.publishDiagnostics)?.relatedInformation === true,
    dynamicFeatures: textDocument?.formatting?.dynamicRegistration === true && textDocument.semanticTokens?.dynamicRegistration === true,
    snippets: textDocument?.completion?.completionItem?.snippetSupport === true,
    disabledActions: textDocument?.codeAction?.disabledSupport === true,
  };
}

function capabilities({ pull, folders, dynamicFeatures }: ClientAbilities): ServerCapabilities {
  return {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    hoverProvider: true,
    ...(dynamicFeatures ? {} : staticCapabilities),
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, ...Object.values(refactoringKind), fixAllKind] },
    ...(pull ? { diagnosticProvider: { identifier: 'emr-iam', interFileDependencies: true, workspaceDiagnostics: false } } : {}),
    ...(folders ? { workspace: { workspaceFolders: { supported: true, changeNotifications: true } } } : {}),
  };
}

/**
 * Config files by language, by place, and the one that AWS_CONFIG_FILE names. By place only on this machine and where the folders are:
 * elsewhere are the old sides of comparisons.
 */
function configSelector(ownPath: string, folders: readonly WorkspaceFolder[]): DocumentSelector {
  const [folder = '', name = ''] = ownPath.split('/').slice(-2);
  const own = folder === '.aws' || name === '' ? [] : [`**/${[folder, name].join('/').replace(/[[\]{}*?!]/g, '?')}`];
  const patterns = ['**/.aws/{config,credentials}', ...own].flatMap((pattern) => schemesOf(folders).map((scheme) => ({ scheme, pattern })));
  return [{ language: 'aws-config' }, { language: 'aws-credentials' }, ...patterns];
}

/** Of files: in a browser, those of the workspace have another scheme. */
function schemesOf(folders: readonly WorkspaceFolder[]): readonly string[] {
  return [...new Set(['file', ...folders.map(({ uri }) => uri.slice(0, uri.indexOf(':')))])];
}

function storageOf(options: unknown): string | undefined {
  const storage: unknown = typeof options === 'object' && options !== null ? Reflect.get(options, 'storage') : undefined;
  return typeof storage === 'string' && storage.startsWith('file:') ? storage : undefined;
}

function optionOf(options: unknown, name: keyof InitializationOptions): unknown {
  return typeof options === 'object' && options !== null ? Reflect.get(options, name) : undefined;
}

/** A client without `workspace/configuration` sends all settings, or those of this server alone. */
function ownSection(settings: unknown): unknown {
  if (typeof settings !== 'object' || settings === null) return undefined;
  return Object.hasOwn(settings, section) ? Reflect.get(settings, section) : settings;
}
