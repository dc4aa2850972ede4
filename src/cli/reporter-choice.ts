// `--reporter name[=file]`, repeatable: the one way in which all commands that report are told where to.

import { didYouMean } from '../model/suggest.ts';

export interface Choice<Name extends string> {
  readonly name: Name;
  /** stdout when absent. */
  readonly file?: string;
}

/** The reporters that the texts choose; what is wrong with them goes to the mistakes. */
export function choicesOf<Name extends string>(
  texts: readonly string[],
  names: readonly Name[],
  isDocument: (name: string) => boolean,
  mistakes: string[],
): Choice<Name>[] {
  const choices = texts.flatMap((text): Choice<Name>[] => {
    const [name = '', ...file] = text.split('=');
    const known = names.find((reporter) => reporter === name);
    if (known === undefined) {
      mistakes.push(`--reporter ${name}: not known${didYouMean(name, names, true)}`);
      return [];
    }
    if (file.length > 0 && file.join('=') === '')
      mistakes.push(`--reporter ${text}: names no file`);
    return [{ name: known, ...(file.length === 0 ? {} : { file: file.join('=') }) }];
  });
  const documents = choices.filter(({ name, file }) => file === undefined && isDocument(name));
  if (documents.length > 1) {
    const both = documents.map(({ name }) => name).join(' and ');
    mistakes.push(
      `${both} can't both go to stdout: give all but one a file, as in json=report.json`,
    );
  }
  return choices;
}
