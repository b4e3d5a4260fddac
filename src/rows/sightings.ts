import { engineFields, errorFields, originFields } from './common.js';
import { defineRow, type FieldSpecs } from './define.js';

const pageFields = {
  ...originFields,
  page: { type: 'integer', nullable: true, description: 'Page number from 1; null where a whole file failed.' },
} as const satisfies FieldSpecs;

const scoreFields = {
  score: { type: 'number', nullable: true, description: '0 to 1, as the engine gives it.' },
  entityId: {
    type: 'string',
    nullable: true,
    description: "The vendor's identifier of the concept, where it has one.",
  },
} as const satisfies FieldSpecs;

const boxField = {
  width: { type: 'integer', nullable: true, description: 'Width of the upright page in pixels.' },
  height: { type: 'integer', nullable: true, description: 'Height of the upright page in pixels.' },
  box: {
    type: 'box',
    optional: true,
    description: '[x, y, width, height] in pixels of the upright page, from its top left corner.',
  },
} as const satisfies FieldSpecs;

/** What a picture shows as a whole. */
export const labelSchema = defineRow({
  name: 'uxd.label/1',
  title: 'Label of a page',
  description: 'One row a label, best first (`--features labels`).',
  fields: {
    ...pageFields,
    label: { type: 'string', nullable: true, description: 'What the picture shows.' },
    ...scoreFields,
    ...engineFields,
    ...errorFields,
  },
});

/** A thing with its place. */
export const objectSchema = defineRow({
  name: 'uxd.object/1',
  title: 'Object on a page',
  description: 'One row an object with its place, best first (`--features objects`).',
  fields: {
    ...pageFields,
    object: { type: 'string', nullable: true, description: 'What the object is.' },
    ...scoreFields,
    ...boxField,
    ...engineFields,
    ...errorFields,
  },
});

/** A brand's logo with its place. */
export const logoSchema = defineRow({
  name: 'uxd.logo/1',
  title: 'Logo on a page',
  description: 'One row a logo with its place, best first (`--features logos`).',
  fields: {
    ...pageFields,
    logo: { type: 'string', nullable: true, description: 'Whose logo it is.' },
    ...scoreFields,
    ...boxField,
    ...engineFields,
    ...errorFields,
  },
});
