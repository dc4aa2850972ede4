// The lint rules of contracts: the only list of them. Stages are run in order, and only as long as no error was
// found: what a later stage looks at could not even be made.

import { errorFits, errorUsed, refuseHasEffect, statusDocumented } from './answers.ts';
import { contradictsSchema, repeatsSchema, requiredExists } from './bodies.ts';
import {
  examplesHaveEffect,
  hasCheck,
  hasRefusedExample,
  operationHasRules,
  repeatsRule,
  resourceUsed,
} from './coverage.ts';
import { comparedValues, expressionFields, expressionNames } from './expression-rules.ts';
import { bodyFields, fieldsExist, parametersExist } from './named.ts';
import { callersApart, deleteEndsLife, methodFits, pathNames } from './operations.ts';
import {
  bornLive,
  exampleAccepted,
  exampleRefused,
  exampleShows,
  keepsItself,
  sampleAccepted,
} from './played-rules.ts';
import type { LintRule } from './rule.ts';
import { actionKnown, expansionRefers, noCycle, oneVerb, partsAgree } from './structure.ts';
import { suppression } from './suppress.ts';
import { names, shape, spec, syntax } from './text.ts';
import { constantsFit, defaultPossible, referenceFits, uniquePlain } from './values.ts';

export const stages: readonly (readonly LintRule[])[] = [
  [syntax],
  [shape],
  [spec],
  [names],
  [oneVerb, actionKnown, noCycle, partsAgree, expansionRefers],
  [
    fieldsExist,
    bodyFields,
    parametersExist,
    requiredExists,
    expressionNames,
    expressionFields,
    comparedValues,
    constantsFit,
    defaultPossible,
    uniquePlain,
    referenceFits,
    contradictsSchema,
    repeatsSchema,
    repeatsRule,
    methodFits,
    pathNames,
    callersApart,
    deleteEndsLife,
    statusDocumented,
    errorFits,
    errorUsed,
    refuseHasEffect,
    resourceUsed,
    operationHasRules,
    hasCheck,
    hasRefusedExample,
    examplesHaveEffect,
  ],
  [suppression],
  [sampleAccepted, exampleAccepted, exampleRefused, keepsItself, bornLive, exampleShows],
];

export const lintRules: readonly LintRule[] = stages.flat();
