import type { PlaceInDocument } from '../placeInDocument.ts';

/** A link of a hover that runs a command, on a place where one is given. The label is Candor's own. */
export function commandLink(label: string, command: string, argument?: PlaceInDocument): string {
  const query = argument === undefined ? '' : `?${inertArgument(argument)}`;
  return `[${label}](command:${command}${query})`;
}

/**
 * An argument of a command, as a part of a link that it cannot end. The editor decodes it twice, so that it has no percent
 * sign of its own: that one, and what Markdown would read, stand as escapes of JSON.
 */
function inertArgument(argument: PlaceInDocument): string {
  const escape = (character: string): string => `\\u00${character.charCodeAt(0).toString(16)}`;
  return encodeURIComponent(JSON.stringify(argument).replaceAll(/[%()*_~]/g, escape));
}
