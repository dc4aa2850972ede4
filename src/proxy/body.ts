// What of a body is read beside passing it on: up to a limit, unpacked, and parsed where it is JSON.

import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { mediaType } from '../model/http.ts';
import { depth, type Json } from '../model/json.ts';
import { bodyKind } from '../spec/contents.ts';

/** No body beyond this is judged; it goes through all the same. */
export const MOST_BYTES = 4 * 1024 * 1024;
const MOST_LEVELS = 200;

/** The bytes of a body, as they go by. */
export class Copy {
  #chunks: Buffer[] = [];
  #size = 0;

  add(chunk: Uint8Array): void {
    this.#size += chunk.byteLength;
    if (this.isWhole) this.#chunks.push(Buffer.from(chunk));
    else this.#chunks = [];
  }

  get isWhole(): boolean {
    return this.#size <= MOST_BYTES;
  }

  bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }
}

/** The same chunks, each noted in the copy. */
export async function* noted(
  source: AsyncIterable<Uint8Array>,
  copy: Copy,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    copy.add(chunk);
    yield chunk;
  }
}

export interface ReadBody {
  /** JSON where it says so and is; else its text; absent when there is none. */
  readonly body?: Json;
  /** Whether all of it was read; nothing can be said of a body that was not. */
  readonly isRead: boolean;
}

const UNREAD: ReadBody = { isRead: false };
const UNPACK = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const;

/** What the copied bytes say. */
export async function readCopy(
  copy: Copy,
  headers: Readonly<Record<string, string>>,
): Promise<ReadBody> {
  if (!copy.isWhole) return UNREAD;
  const packed = copy.bytes();
  if (packed.length === 0) return { isRead: true };
  const kind = bodyKind(mediaType(headers['content-type']));
  const bytes = await unpacked(packed, headers['content-encoding']);
  if (bytes === undefined || kind === undefined || kind === 'multipart') return UNREAD;
  const text = bytes.toString('utf8');
  if (kind !== 'json') return { body: text, isRead: true };
  try {
    const body = JSON.parse(text) as Json;
    return depth(body, MOST_LEVELS + 1) > MOST_LEVELS ? UNREAD : { body, isRead: true };
  } catch {
    return { body: text, isRead: true };
  }
}

/** The bytes without their compression; undefined where it is not known, or broken. */
async function unpacked(bytes: Buffer, encoding = 'identity'): Promise<Buffer | undefined> {
  const name = encoding.trim().toLowerCase();
  if (name === 'identity' || name === '') return bytes;
  if (!Object.hasOwn(UNPACK, name)) return undefined;
  try {
    return await UNPACK[name as keyof typeof UNPACK](bytes, { maxOutputLength: MOST_BYTES });
  } catch {
    return undefined;
  }
}
