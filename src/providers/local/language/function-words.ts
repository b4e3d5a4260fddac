const words = (list: string): readonly string[] => list.split(' ');

/** Words that are frequent in one language and rare in the others of the list, by ISO 639-1. */
export const FUNCTION_WORDS: Readonly<Record<string, readonly string[]>> = {
  es: words(
    'el los las una unos del al y pero muy más es está están son fue era hay ha han he con sin por para porque como cuando donde yo tú él ella nosotros me te se nos le les lo mi tu su sus este esta esto esos eso todo toda todos nada nunca siempre también bien mal ya que qué si sí no ni o la un en de a mucho muchas gracias hola buenos días aquí hace tiene tengo ser estar hacer usted ustedes vos jaja está estoy eres quiero puede',
  ),
  en: words(
    "the a an and but of to in is are was were be been am i you he she it we they my your his her its our their this that these those with without for from on at by not no have has had do does did will would can could should what when where who why how so very just too all there here if or as i'm it's don't i've can't didn't won't that's you're isn't doesn't me him us them about out up get got more some any than then now really good great",
  ),
  ca: words(
    'els les una amb però molt és està són va hi ha i del dels al als per què perquè com quan on jo ella nosaltres ens em això aquest aquesta tot res mai sempre també bé més que no ni o la el un en de a gràcies dia fer ser estar té tinc aquí va vam vaig',
  ),
  pt: words(
    'o os as um uma uns do da dos das no na nos nas e mas muito mais é está estão são foi era há com sem por para porque como quando onde eu você ele ela nós me te se lhe meu minha seu sua este esta isto isso tudo nada nunca sempre também bem mal já que não nem ou de em a obrigado ao à pelo pela tem tenho ser estar fazer bom boa',
  ),
  gl: words(
    'o os as un unha do da dos das no na nos nas e pero moi máis é está están son foi era hai con sen por para porque como cando onde eu ti el ela nós me te se lle meu miña seu súa este esta isto todo nada nunca sempre tamén ben mal xa que non nin ou de en a grazas ao',
  ),
  fr: words(
    "le les un une des du de la et mais très plus est sont était il elle nous vous je tu on y a avec sans pour par parce comme quand où me te se ce cette ces mon ma mes son sa ses tout rien jamais toujours aussi bien mal déjà que qui ne pas ni ou dans en sur au aux c'est j'ai merci être avoir faire l'hôtel d'un qu'il n'est",
  ),
  it: words(
    "il lo gli le un una uno del della dei delle al alla e ma molto più è sono era c'è con senza per perché come quando dove io tu lui lei noi mi ti si ci vi mio mia suo sua questo questa tutto niente mai sempre anche bene male già che non né o di in a la i grazie essere avere fare nel nella sul ho hanno ha abbiamo stato",
  ),
  de: words(
    'der die das ein eine einen und aber sehr mehr ist sind war es gibt mit ohne für von weil wie wenn wo ich du er sie wir ihr mich dich sich uns mein sein dieser diese alles nichts nie immer auch gut schlecht schon dass nicht kein oder in im den dem zu auf danke haben hat werden',
  ),
  nl: words(
    'de het een en maar zeer meer is zijn was er met zonder voor van omdat als waar ik jij hij zij wij ons mijn dit dat alles niets nooit altijd ook goed slecht al niet geen of in op te heb heeft bij naar',
  ),
  eu: words('eta da ez oso dira zen ere bat baina hau hori nire zure dago daude izan egin du dut duen gara naiz'),
};
