/** The models that uxd knows how to fetch: each the kept files of an npm package of an exact version. */

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
  readonly kind: 'ocr-language' | 'speech' | 'voice';
  /** What it is for, in a few words. */
  readonly title: string;
  readonly packageName: string;
  /** Exact. */
  readonly packageVersion: string;
  /** Of the package's tarball, as npm writes it. */
  readonly integrity: string;
  /** Size of the tarball. */
  readonly downloadBytes: number;
  /** Size of all that is in it: unpacked, it lies beside the tarball for a moment. */
  readonly unpackedBytes: number;
  readonly files: readonly ModelFile[];
  /** Texts of the package, such as its licence, that are laid beside the files; a model is whole without them. */
  readonly notices?: readonly string[];
  /** SPDX expression, of the package and of the weights in it. */
  readonly licence: string;
  /** What a user must know of the licence before using the model; told when it is fetched and listed. */
  readonly licenceNote?: string;
}

type ModelFacts = Pick<ModelFile, 'sizeBytes' | 'sha256'>;
type TesseractFacts = Pick<CatalogModel, 'integrity' | 'downloadBytes' | 'unpackedBytes'> & ModelFacts;

/** The trained data of one language, from the integer version of Tesseract's best models. */
function tesseract(code: string, language: string, facts: TesseractFacts): CatalogModel {
  const name = `${code}.traineddata.gz`;
  const { sizeBytes, sha256, ...packed } = facts;
  return {
    name: `tesseract/${code}`,
    kind: 'ocr-language',
    title: `${language} for the local OCR engine`,
    packageName: `@tesseract.js-data/${code}`,
    packageVersion: '1.0.0',
    ...packed,
    files: [{ path: `4.0.0_best_int/${name}`, name, sizeBytes, sha256 }],
    licence: 'MIT AND Apache-2.0',
  };
}

/** A Moonshine speech model with 8-bit weights; one package carries them all. */
function moonshine(
  name: string,
  folder: string,
  facts: Pick<CatalogModel, 'title' | 'licence' | 'licenceNote'> & { readonly files: readonly ModelFacts[] },
): CatalogModel {
  const { files, ...rest } = facts;
  const names = ['encoder_model.onnx', 'decoder_model_merged.onnx'];
  return {
    name: `moonshine/${name}`,
    kind: 'speech',
    packageName: '@usefulsensors/moonshine-js',
    packageVersion: '0.1.17',
    integrity: 'sha512-Uy/e4BjuHcpSC5h0HNRe/uCGe2ehEP586UMaHKyum9ZF8Z/lqtmadki9Myq6iLQGSj2hZ4Nb3RYn2b1qrrVNbw==',
    downloadBytes: 114_247_787,
    unpackedBytes: 157_626_964,
    notices: ['LICENSE'],
    files: files.map((file, index) => {
      const fileName = names[index] as string;
      return { path: `dist/model/${folder}/quantized/${fileName}`, name: fileName, ...file };
    }),
    ...rest,
  };
}

/** By name. Spanish and English for the OCR engine come with uxd itself. */
export const CATALOG: readonly CatalogModel[] = [
  moonshine('base', 'base', {
    title: 'English for the local speech engine',
    licence: 'MIT',
    files: [
      { sizeBytes: 20_513_063, sha256: '1dd9ab0a7f987113d30affcba5a068d11c8f90fa0223caa3e491ade431ad9751' },
      { sizeBytes: 42_498_870, sha256: 'cc9f3cd6698a369c6008b41aa60aa3fb3322e7f03c9bdf19d8e6b7200afca4f3' },
    ],
  }),
  moonshine('base-es', 'base-es-non-commercial', {
    title: 'Spanish for the local speech engine',
    licence: 'LicenseRef-Moonshine-AI-Community-License',
    licenceNote:
      'Moonshine AI Community License: free below US$1,000,000 of yearly revenue, commercial use asks for ' +
      'registration with Moonshine AI (section 2 of the LICENSE that is kept beside it)',
    files: [
      { sizeBytes: 20_719_501, sha256: '636be20754df4c0661254259a07decde561018a1c97d8a4e1b8256841b440c38' },
      { sizeBytes: 43_350_633, sha256: 'eaa6338d691f7183dc45df405f8376d7be5698e9c41e567f7ac050f6a504e8ef' },
    ],
  }),
  moonshine('tiny', 'tiny', {
    title: 'English for the local speech engine, small and quick',
    licence: 'MIT',
    files: [
      { sizeBytes: 7_937_661, sha256: 'c6fc4b7bc5af75c0591fd157a1f3829b533d18e9769a888fd95a62e470dd4f4a' },
      { sizeBytes: 20_243_286, sha256: 'eed87831c3a6103534aae7d47a5d485025c659a1323901513961c39fe8a1a367' },
    ],
  }),
  {
    name: 'silero/vad-v5',
    kind: 'voice',
    title: 'Finds where somebody speaks',
    packageName: '@ricky0123/vad-web',
    packageVersion: '0.0.31',
    integrity: 'sha512-ePVq8TvB21sdHSxVMZOEIf9JVa7MAYpaIaNXeGgsPOiMCN8xbPCdF2LS5aYj7VRR3ZxzutedgV9ZplV65IA1Fg==',
    downloadBytes: 5_471_324,
    unpackedBytes: 6_755_237,
    files: [
      {
        path: 'dist/silero_vad_v5.onnx',
        name: 'silero_vad_v5.onnx',
        sizeBytes: 2_327_524,
        sha256: '2623a2953f6ff3d2c1e61740c6cdb7168133479b267dfef114a4a3cc5bdd788f',
      },
    ],
    licence: 'ISC AND MIT',
  },
  tesseract('cat', 'Catalan', {
    integrity: 'sha512-5tp/K5e7KKhJtWFJmJz01BydHth2blUVjsjVtsda2F5R4Zl0OElr5/jDvoDeZ9uoV2zHI7eQ4S2ClS0obZmqVQ==',
    downloadBytes: 3_346_386,
    unpackedBytes: 3_363_292,
    sizeBytes: 639_438,
    sha256: '1003ea7490d8c88b9308ed5dead936910a662fc9a4222cd536b92a17178e41eb',
  }),
  tesseract('deu', 'German', {
    integrity: 'sha512-3ter1p2gFAiCd5CMC+PodZ9YY2UDomkKj+ytlKeeZqOUmhLx1SDnYPf5zog0g5MBbxYveW+8omI3PUflqHfZ4Q==',
    downloadBytes: 8_411_089,
    unpackedBytes: 8_435_420,
    sizeBytes: 1_333_102,
    sha256: '306c4280d0cbed46fbff727486bd43b92730181bae80f56941a091f363bdf28b',
  }),
  tesseract('fra', 'French', {
    integrity: 'sha512-pp58gMaoyidoBBLd5y5rnf0WW0Y1994QrGqZrYatITqIU/AReUJMykD+YY3JDgvnmgz7uAx1UmhjjuyEmV8JEA==',
    downloadBytes: 6_959_264,
    unpackedBytes: 6_988_041,
    sizeBytes: 707_406,
    sha256: 'd611139672b3752c7097e671e4a1d9209dfd37f2aeb081ef6487fba3351e9255',
  }),
  tesseract('ita', 'Italian', {
    integrity: 'sha512-Sx19NVYve5VAxEBDL6CWTX+evlvzV+iAS5ejJywcHVsmir/C9Tzw2fExoh97QFc06t48tYZA8VrMobsBzMAEhA==',
    downloadBytes: 8_567_364,
    unpackedBytes: 8_595_862,
    sizeBytes: 1_660_998,
    sha256: 'f702fcfad297ce028ede3626d1467b67939f23ff23595f9badd54681cf25a4d3',
  }),
  tesseract('por', 'Portuguese', {
    integrity: 'sha512-sQ7GqYUgKaMmV0vNujYoXLlXUp2e5RGGkJxQ3L59kUOaupIugLJeb1dqhrfgyb71XQw7ltdSuXdQIoaoS/rpsQ==',
    downloadBytes: 8_124_452,
    unpackedBytes: 8_148_435,
    sizeBytes: 1_392_239,
    sha256: 'dacebc1386ddaaf8389f81094236cca0d690897cde693d48cbdaa881c86e2b4c',
  }),
];
