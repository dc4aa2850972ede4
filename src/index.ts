// The library's door.

export { mutate } from './conformance/mutate.ts';
/** Test a server, and measure the tests. */
export { plan } from './conformance/plan.ts';
export { type RunOptions, run } from './conformance/run.ts';
export type { Report, Result, Verdict } from './conformance/verdict.ts';
export type { Contract, Rule } from './contract/contract.ts';
/** Read contracts, and the rule kinds they are made of. */
export { loadContract, parseContract } from './contract/load.ts';
export { type Env, type EnvOptions, makeEnv } from './mock/env.ts';
/** Play an API: a contract made ready, the pure `handle`, and the mock without a port. */
export { handle, type Outcome, type TraceStep } from './mock/handle.ts';
export { hooksOf, type Playable, playable, shapeOf } from './mock/playable.ts';
/** The data that all of this speaks. */
export type { HttpRequest, HttpResponse, Send } from './model/http.ts';
export { UsageError } from './model/usage-error.ts';
export { kinds } from './rules/index.ts';
export { defineKind, type Hooks, type Kind } from './rules/kind.ts';
/** Serve it. */
export { type MockOptions, type RunningMock, startMock } from './server/start.ts';
export type { Change, Row } from './state/state.ts';
export { State } from './state/state.ts';
export { fetchSend } from './target/fetch-send.ts';
export { type InProcess, inProcess } from './testing/in-process.ts';
