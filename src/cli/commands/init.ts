// `tallystick init`: a contract to edit, guessed from an OpenAPI document.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { parseContract } from '../../contract/load.ts';
import { infer } from '../../infer/index.ts';
import { contractText } from '../../infer/text.ts';
import { UsageError } from '../../model/usage-error.ts';
import { kinds } from '../../rules/index.ts';
import { isUrl } from '../../spec/read.ts';
import { fetchSpec, type Spec } from '../../spec/spec.ts';
import { notesOf } from '../guessed.ts';

const EXAMPLES = `
Examples:
  tallystick init openapi.yaml                      writes contracts/<name of the API>.yaml
  tallystick init openapi.json -o billing.yaml      writes another file
  tallystick init https://api.example.test/openapi.json
                                                    keeps the document beside the contract
  tallystick mock contracts/billing.yaml            serves what was written`;

interface Flags {
  readonly output?: string;
  readonly force?: boolean;
  readonly allowRemote?: boolean;
}

/** The command; its action throws UsageError for a document that can't be read and a file that is there. */
export function initCommand(): Command {
  return new Command('init')
    .description('write a contract to edit, guessed from an OpenAPI document')
    .argument('<spec>', 'file or URL of an OpenAPI 3 document')
    .addOption(new Option('-o, --output <file>', 'the contract; contracts/<api>.yaml when absent'))
    .addOption(new Option('--force', 'overwrite what is there'))
    .addOption(new Option('--allow-remote', 'follow references to the net'))
    .addHelpText('after', EXAMPLES)
    .action(action);
}

async function action(name: string, flags: Flags): Promise<void> {
  const spec = await fetchSpec(name, { allowRemote: flags.allowRemote === true });
  process.stderr.write(notesOf(spec));
  const api = String(infer(spec, '').contract['api']);
  const file = flags.output ?? join('contracts', `${api}.yaml`);
  const isKept = isUrl(name);
  const document = isKept ? file.replace(/(\.ya?ml)?$/, '.openapi.json') : name;
  for (const one of isKept ? [file, document] : [file]) {
    if (!existsSync(one) || flags.force === true) continue;
    throw new UsageError(`${one} is there already: --force overwrites it, -o names another file`);
  }
  const inferred = infer(spec, relative(dirname(resolve(file)), resolve(document)));
  const text = contractText(inferred, spec.title.replace(/\s+/g, ' '));
  // What is written must be what can be read.
  parseContract(text, file, kinds, () => spec);
  write(file, text);
  if (isKept) write(document, `${JSON.stringify(spec.document, null, 2)}\n`);
  process.stdout.write(`${file}\n`);
  process.stderr.write(said(spec, inferred.unbound.length, file));
}

function write(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(`can't write ${file}: ${(error as Error).message}`);
  }
}

function said({ operations }: Spec, unbound: number, file: string): string {
  const bound = operations.length - unbound;
  return `${bound} of ${operations.length} operations have a binding; try it: tallystick mock ${file}\n`;
}
