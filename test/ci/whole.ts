// A composite action from its first step to its last, as a runner goes through it: conditions, outputs, and what
// its own actions are given. The scripts are really run; the other actions are written down.

import { ACTION, type Ran, runStep, type Step } from './action.ts';
import { type Contexts, isRun, substituted } from './expression.ts';

type Inputs = Readonly<Record<string, string>>;

export interface Used {
  readonly uses: string;
  readonly with: Inputs;
}

export interface Whole {
  readonly conclusion: 'success' | 'failure';
  /** The names of the steps that were run, in order. */
  readonly steps: readonly string[];
  readonly used: readonly Used[];
  readonly output: string;
  readonly summary: string;
  /** What the action gives to the steps behind it. */
  readonly outputs: Inputs;
}

interface Done {
  readonly outcome: 'success' | 'failure' | 'skipped';
  readonly outputs: Inputs;
}

/** Runs the action in the folder with these inputs; those that are not given are as the action has them. */
export async function runAction(folder: string, given: Inputs): Promise<Whole> {
  const inputs = Object.fromEntries(
    Object.entries(ACTION.inputs).map(([name, input]) => [
      name,
      given[name] ?? input.default ?? '',
    ]),
  );
  const run = new Run(folder, inputs);
  for (const step of ACTION.runs.steps) await run.play(step);
  return run.whole();
}

class Run {
  readonly #folder: string;
  readonly #inputs: Inputs;
  readonly #done = new Map<string, Done>();
  readonly #steps: string[] = [];
  readonly #used: Used[] = [];
  readonly #ran: Ran[] = [];

  constructor(folder: string, inputs: Inputs) {
    this.#folder = folder;
    this.#inputs = inputs;
  }

  async play(step: Step): Promise<void> {
    const contexts = this.#contexts();
    const done = isRun(step.if, contexts)
      ? await this.#do(step, contexts)
      : ({ outcome: 'skipped', outputs: {} } as const);
    this.#done.set(step.id ?? step.name ?? '', done);
  }

  async #do(step: Step, contexts: Contexts): Promise<Done> {
    this.#steps.push(step.name ?? '');
    if (step.run !== undefined) {
      const ran = await runStep(this.#folder, step, this.#inputs);
      this.#ran.push(ran);
      return { outcome: ran.code === 0 ? 'success' : 'failure', outputs: ran.outputs };
    }
    const entries = Object.entries(step.with ?? {});
    const filled = entries.map(([name, text]) => [name, substituted(String(text), contexts)]);
    this.#used.push({ uses: step.uses ?? '', with: Object.fromEntries(filled) });
    return { outcome: 'success', outputs: {} };
  }

  get #isFailed(): boolean {
    return [...this.#done.values()].some(({ outcome }) => outcome === 'failure');
  }

  #contexts(): Contexts {
    return {
      isFailed: this.#isFailed,
      value: (path) => {
        const [context, name = '', part, output = ''] = path.split('.');
        if (context === 'inputs' && name in this.#inputs) return this.#inputs[name] ?? '';
        const step = this.#done.get(name);
        if (context !== 'steps' || step === undefined) throw new Error(`no ${path} here`);
        return part === 'outcome' ? step.outcome : (step.outputs[output] ?? null);
      },
    };
  }

  whole(): Whole {
    const contexts = this.#contexts();
    const outputs = Object.entries(ACTION.outputs).map(([name, { value }]) => [
      name,
      substituted(value, contexts),
    ]);
    return {
      conclusion: this.#isFailed ? 'failure' : 'success',
      steps: this.#steps,
      used: this.#used,
      output: this.#ran.map(({ output }) => output).join(''),
      summary: this.#ran.map(({ summary }) => summary).join(''),
      outputs: Object.fromEntries(outputs),
    };
  }
}
