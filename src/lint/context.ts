// What a lint rule sees of one contract, each part made when it is first asked for. Rules are run in stages:
// whoever asks for a part runs in a stage after those that find out whether it can be made.

import type { Contract } from '../contract/contract.ts';
import { parseContract } from '../contract/load.ts';
import { type Path, readYaml, type YamlText } from '../contract/positions.ts';
import type { JsonObject } from '../model/json.ts';
import type { Kind } from '../rules/kind.ts';
import type { Spec } from '../spec/spec.ts';
import { parseYaml, type ReadYaml } from '../spec/yaml.ts';
import { type PlayedContract, playContract } from './played.ts';

export interface ContextOptions {
  /** As it is shown. */
  readonly file: string;
  readonly text: string;
  readonly kinds: readonly Kind[];
  /** The spec, by the name that the contract has for it. Throws UsageError when it can't be read. */
  readonly readSpec: (name: string) => Spec;
  /** `2026-01-31`: what is ignored until an earlier day counts again. */
  readonly today: string;
}

export class Context {
  readonly file: string;
  readonly text: string;
  readonly kinds: readonly Kind[];
  readonly today: string;
  readonly #readSpec: (name: string) => Spec;
  #parsed: ReadYaml | undefined;
  #yaml: YamlText | undefined;
  #spec: Spec | undefined;
  #contract: Contract | undefined;
  #played: Promise<PlayedContract> | undefined;

  constructor({ file, text, kinds, readSpec, today }: ContextOptions) {
    this.file = file;
    this.text = text;
    this.kinds = kinds;
    this.today = today;
    this.#readSpec = readSpec;
  }

  /** The text as YAML, with its mistakes. */
  get parsed(): ReadYaml {
    this.#parsed ??= parseYaml(this.text);
    return this.#parsed;
  }

  /** Throws while the text is no YAML. */
  get yaml(): YamlText {
    this.#yaml ??= readYaml(this.text, this.file);
    return this.#yaml;
  }

  /** The contract as data. */
  get data(): JsonObject {
    return this.yaml.value as JsonObject;
  }

  /** A part of it that is an object, such as `resources`; empty when it is not there. */
  part(...path: Path): Readonly<Record<string, JsonObject>> {
    let value: unknown = this.data;
    for (const key of path) value = (value as Record<string, unknown> | undefined)?.[key];
    return (value ?? {}) as Readonly<Record<string, JsonObject>>;
  }

  /** Throws UsageError while the spec can't be read. */
  get spec(): Spec {
    this.#spec ??= this.#readSpec(String(this.data['spec']));
    return this.#spec;
  }

  /** The contract, compiled. Throws while it is broken. */
  get contract(): Contract {
    this.#contract ??= parseContract(this.text, this.file, this.kinds, () => this.spec);
    return this.#contract;
  }

  /** What its own checks say of the mock that it makes. */
  get played(): Promise<PlayedContract> {
    this.#played ??= playContract(this.contract, this.kinds);
    return this.#played;
  }
}
