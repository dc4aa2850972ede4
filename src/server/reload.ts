// An API whose contract, spec or fixture was edited: served by the new text, with the records that it has. What can't
// be read is told, and the last version that could goes on.

import { type Playable, shapeOf } from '../mock/playable.ts';
import { UsageError } from '../model/usage-error.ts';
import { isUrl } from '../spec/read.ts';
import { FILES } from '../spec/references.ts';
import { type Fixture, seedOf } from '../stores/fixture.ts';
import { mountPath } from './about.ts';
import type { Log } from './log.ts';
import type { Served } from './play.ts';
import { type Watched, watchFiles } from './watch.ts';

/** What the files of an API say. */
export interface Loaded {
  readonly api: Playable;
  readonly fixture: Fixture;
}

/** Keeps the API at what its files say, until closed. `load` throws UsageError for what can't be read. */
export function keepFresh(
  served: Served,
  fixture: string | undefined,
  load: () => Loaded,
  log: Log,
): Watched {
  const watched = watchFiles(filesOf(served.api, fixture), () => {
    try {
      const loaded = load();
      swap(served, loaded);
      watched.follow(filesOf(loaded.api, fixture));
      log.say(`${served.name}: edited, and served by the new text with the records that it has`);
    } catch (error) {
      if (!(error instanceof UsageError)) log.error(error);
      const why = error instanceof UsageError ? error.messages : ['it could not be played'];
      for (const message of why)
        log.warn(`${served.name} is served as before the edit: ${message}`);
    }
  });
  return watched;
}

/** Between two requests, for nothing here waits: requests that are waiting for the disk have their answers. */
function swap(served: Served, { api, fixture }: Loaded): void {
  const { contract } = api;
  if (mountPath({ ...served, name: contract.api, api }) !== mountPath(served)) {
    throw new UsageError(
      `${contract.file}: the API's name or base path is another: start again for that`,
    );
  }
  served.state.reshape(shapeOf(contract, seedOf(fixture, api, served.env)), api.blank);
  served.api = api;
  served.specHash = contract.spec.hash;
  served.store.adopt(api);
}

/** All that the API is made of. */
function filesOf({ contract: { file, spec } }: Playable, fixture: string | undefined): string[] {
  const referred = Object.keys((spec.document[FILES] ?? {}) as object);
  const all = [file, spec.file, ...referred, ...(fixture === undefined ? [] : [fixture])];
  return [...new Set(all)].filter((one) => !isUrl(one));
}
