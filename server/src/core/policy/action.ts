// The actions that a policy names, and what the service data say of each.

import type { Action, Catalog, Service } from '../catalog/catalog';
import { isUndocumentedAction, isUndocumentedService } from '../catalog/undocumented';
import { rememberLast, rememberLastOf } from '../remember';
import type { StringNode } from '../tree/node';
import { actionsOfApi } from './apiNames';
import { hasPlaceholder } from './placeholder';
import type { Policy, Statement } from './policy';
import { hasWildcard } from './wildcard';

/** One action has one problem, so that it is reported once. */
type ActionProblem = 'wildcard-in-service' | 'api-name' | 'unknown-service' | 'unknown-action';

interface NamedAction {
  /** In lower case. */
  readonly text: string;
  readonly isPattern: boolean;
  /** Missing where the text is no plain `service:` of a service that exists. */
  readonly service: Service | undefined;
  /** Missing for a pattern, and for what the service data do not have. */
  readonly action: Action | undefined;
  readonly problem: ActionProblem | undefined;
}

interface PlacedAction extends NamedAction {
  readonly statement: Statement;
  readonly node: StringNode;
}

/** Those with a certain problem, of `Action` and of `NotAction`. */
export function actionsWith(problem: ActionProblem, policy: Policy, catalog: Catalog | undefined): readonly PlacedAction[] {
  const wrong = catalog === undefined ? [] : actionsWithProblems(policy, catalog);
  return wrong.length === 0 ? wrong : wrong.filter((action) => action.problem === problem);
}

const actionsWithProblems = rememberLastOf(({ statements }: Policy, catalog: Catalog): readonly PlacedAction[] => {
  const wrong: PlacedAction[] = [];
  const lookUp = lookUpIn(catalog);
  for (const statement of statements) {
    for (const nodes of [statement.actions, statement.notActions]) {
      for (const node of nodes) {
        const action = lookUp(node.value);
        if (action.problem !== undefined) wrong.push({ ...action, statement, node });
      }
    }
  }
  return wrong;
});

/** What is known of a text, whatever statement it stands in. */
export function namedAction(text: string, catalog: Catalog): NamedAction {
  return lookUpIn(catalog)(text);
}

/** A document is looked at again with each keystroke, and policies name the same actions again and again. */
const mostRemembered = 50_000;

const lookUpIn = rememberLast((catalog: Catalog) => {
  const known = new Map<string, NamedAction>();
  return (text: string): NamedAction => {
    let found = known.get(text);
    if (found === undefined) {
      found = lookUp(text, catalog);
      if (known.size >= mostRemembered) known.clear();
      known.set(text, found);
    }
    return found;
  };
});

function lookUp(written: string, catalog: Catalog): NamedAction {
  const text = written.toLowerCase();
  const isPattern = hasWildcard(text);
  const nothing: NamedAction = { text, isPattern, service: undefined, action: undefined, problem: undefined };
  const colon = text.indexOf(':');
  if (colon < 1 || hasPlaceholder(written)) return nothing;
  const prefix = text.slice(0, colon);
  if (hasWildcard(prefix)) return { ...nothing, problem: 'wildcard-in-service' };
  const service = catalog.service(prefix);
  const action = catalog.action(text);
  if (action !== undefined) return { ...nothing, service, action };
  if (actionsOfApi(text) !== undefined) return { ...nothing, service, problem: 'api-name' };
  if (text.includes('${')) return { ...nothing, service };
  if (service === undefined) return isUndocumentedService(prefix) ? nothing : { ...nothing, problem: 'unknown-service' };
  return isPattern || isUndocumentedAction(text) ? { ...nothing, service } : { ...nothing, service, problem: 'unknown-action' };
}
