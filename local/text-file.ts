import { readFileSync } from 'node:fs';

import { LocalCloudError } from './local-cloud-error.ts';

/**
 * The text of a file as editors write it, on Windows, too: UTF-8 or UTF-16, with a byte order mark, which is left out, or without. Throws
 * a LocalCloudError that names the file where it is no text, and what the file system says.
 */
export function readTextFile(file: string): string {
  return decodeText(readFileSync(file), file);
}

/** The same with the bytes of what has this name. */
export function decodeText(bytes: Uint8Array, name: string): string {
  const encoding = encodingOf(bytes);
  const text = decode(bytes, encoding);
  // No text holds a NUL: this is UTF-32, or no text at all.
  if (text !== undefined && !text.includes('\0')) return text;
  throw new LocalCloudError(
    `${name} is no text in ${encoding.toUpperCase()}: expected UTF-8. Save it again in your editor, with the encoding UTF-8.`,
  );
}

/** Undefined where the bytes are none of this encoding. */
function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** By the byte order mark; without one, by the zero that is half of an ASCII character in UTF-16. */
function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be';
  return 'utf-8';
}
