/** How `test/editor/print.ts` begins what it prints: the console of the extension host carries VS Code's own log as well. */
export const lineMark = 'mocha│';

/** How `test/editor/user.ts` begins what the user is to do. */
export const userMark = 'user│';
