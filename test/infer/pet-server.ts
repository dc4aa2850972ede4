// The corner pet shop as somebody else may have written it, from the document alone: its own ids, its own words for
// what is wrong, strict about what it reads. It shares nothing with our code.

import express, { type Request, type Response } from 'express';
import { type Listening, listening } from './listening.ts';

interface Pet {
  id: number;
  name: string;
  status: string;
  nickname: string | null;
  registered: string;
  tags: string[];
  weight?: number;
  passport: string;
  mother: Pet | null;
}

type Body = Record<string, unknown>;

/** What it may get wrong. */
export type Flaw = 'forgets-filter' | 'keeps-deleted' | 'takes-anything' | 'overlaps';

const STATUSES = ['available', 'sold'];

/** Listens on a free port of this machine. */
export function startPetServer(flaw?: Flaw): Promise<Listening> {
  return listening(new PetShop(flaw).app());
}

class PetShop {
  readonly #pets = new Map<number, Pet>();
  readonly #flaw: Flaw | undefined;
  #last = 4_000;

  constructor(flaw: Flaw | undefined) {
    this.#flaw = flaw;
  }

  app(): express.Express {
    const app = express();
    app.use(express.json());
    app.get('/pets', (request, response) => this.#list(request, response));
    app.post('/pets', (request, response) => this.#add(request, response));
    app.put('/pets', (request, response) => this.#replace(request, response));
    app.get('/pets/findByStatus', (request, response) => {
      const wanted = String(request.query['status'] ?? '').split(',');
      const isAny = request.query['status'] === undefined;
      if (!isAny && wanted.some((one) => !STATUSES.includes(one)))
        return refuse(response, 400, 'what status is that?');
      return response.json(this.#all().filter(({ status }) => isAny || wanted.includes(status)));
    });
    app.get('/pets/:petId', (request, response) =>
      this.#with(request, response, (pet) => response.json(pet)),
    );
    app.patch('/pets/:petId', (request, response) =>
      this.#with(request, response, (pet) => {
        const wrong = wrongIn(request.body as Body);
        if (wrong !== undefined) return refuse(response, 400, wrong);
        const { name = pet.name, status = pet.status } = request.body as Partial<Pet>;
        Object.assign(pet, { name, status });
        return response.json(pet);
      }),
    );
    app.delete('/pets/:petId', (request, response) =>
      this.#with(request, response, ({ id }) => {
        if (this.#flaw !== 'keeps-deleted') this.#pets.delete(id);
        return response.status(204).end();
      }),
    );
    app.post('/pets/:petId/sell', (request, response) =>
      this.#with(request, response, (pet) => {
        pet.status = 'sold';
        return response.json(pet);
      }),
    );
    app.get('/inventory', (_, response) => {
      response.json({ available: 0, sold: 0 });
    });
    app.use((_: unknown, __: Request, response: Response, ___: unknown) =>
      refuse(response, 400, 'that is no JSON'),
    );
    return app;
  }

  #all(): Pet[] {
    return [...this.#pets.values()];
  }

  #with(request: Request, response: Response, then: (pet: Pet) => unknown): unknown {
    const id = Number(request.params['petId']);
    if (!Number.isInteger(id)) return refuse(response, 400, 'ids are numbers');
    const pet = this.#pets.get(id);
    return pet === undefined ? refuse(response, 404, 'no such pet') : then(pet);
  }

  #list({ query }: Request, response: Response): unknown {
    const limit = Math.min(100, Number(query['limit'] ?? 10));
    const offset = Number(query['offset'] ?? 0);
    const isAny = query['status'] === undefined || this.#flaw === 'forgets-filter';
    const found = this.#all().filter(({ status }) => isAny || status === query['status']);
    const from = this.#flaw === 'overlaps' && offset > 0 ? offset - 1 : offset;
    return response.json(found.slice(from, from + limit));
  }

  #add(request: Request, response: Response): unknown {
    const body = request.body as Body;
    const wrong = wrongIn(body) ?? lackingIn(body);
    if (wrong !== undefined && this.#flaw !== 'takes-anything') return refuse(response, 400, wrong);
    this.#last += 7;
    const pet = {
      ...taken(body),
      id: this.#last,
      registered: new Date().toISOString(),
      passport: 'UK-0042',
    } as Pet;
    this.#pets.set(pet.id, pet);
    return response.status(201).json(pet);
  }

  #replace(request: Request, response: Response): unknown {
    const body = request.body as Body;
    const wrong = wrongIn(body) ?? lackingIn(body);
    if (wrong !== undefined) return refuse(response, 400, wrong);
    const known = this.#pets.get(Number(body['id']));
    if (known === undefined) return refuse(response, 404, 'no such pet');
    const { id, registered, passport } = known;
    const pet = { ...taken(body), id, registered, passport } as Pet;
    this.#pets.set(id, pet);
    return response.json(pet);
  }
}

function taken({ name, status, nickname, tags, weight, mother }: Body): Body {
  return {
    name,
    status: status ?? 'available',
    nickname: nickname ?? null,
    tags: tags ?? [],
    ...(weight === undefined ? {} : { weight }),
    mother: mother ?? null,
  };
}

function lackingIn(body: Body): string | undefined {
  return ['name', 'tags'].find((field) => body[field] === undefined);
}

/** The first field that is not as the document wants it; what is only read is not looked at. */
function wrongIn(body: Body): string | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return 'body';
  const isText = (value: unknown) => typeof value === 'string';
  const checks: Record<string, (value: unknown) => boolean> = {
    name: isText,
    status: (value) => STATUSES.includes(value as string),
    nickname: (value) => value === null || isText(value),
    tags: (value) => Array.isArray(value) && value.every(isText),
    weight: (value) => typeof value === 'number' && value > 0,
    mother: (value) => value === null || typeof value === 'object',
  };
  return Object.keys(checks).find(
    (field) => field in body && checks[field]?.(body[field]) === false,
  );
}

function refuse(response: Response, status: number, message: string): unknown {
  return response.status(status).json({ code: status, message });
}
