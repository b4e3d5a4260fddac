/** The head's classes: the blank of CTC, the space, and every character that the lines may hold. */
export const characters = [
  ...['', ' ', ...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'],
  ...'áéíóúüñÁÉÍÓÚÜÑçÇàèìòùÀÈÌÒÙâêîôûÂÊÎÔÛäëïöÄËÏÖßãõÃÕåøæœ',
  ...'¡¿€ªº%&@#$£+-/.,:;!?()[]{}"\'’“”«»–—*°·•…²³½¼®™©=<>_|~^´`„',
];

/** Characters that the recogniser may lack, each followed by a usual one that looks like it. */
const lookalikes = new Map(
  "¡i ¿? €C ªa ºo ’' “\" ”\" «< »> –- …. •· „, œo æa øo ½/ ¼/ ²2 ³3 ßB ´' `'".split(' ').map(([...pair]) => pair),
);

/** The class of the recogniser's own from which a character starts, and how much its bias is lowered for being another. */
export function startOf(character, known) {
  if (character === '') return { index: 0, penalty: 0 };
  if (known.includes(character)) return { index: known.indexOf(character), penalty: 0 };
  const base = lookalikes.get(character) ?? character.normalize('NFD').replace(/[\u0300-\u036f]/g, '');
  const index = known.indexOf(base);
  return index < 0 ? { index: known.indexOf('.'), penalty: 6 } : { index, penalty: 3 };
}
