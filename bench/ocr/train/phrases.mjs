// Phrases for the lines: written for this purpose, in the manner of flyers and shelf labels.

function list(text) {
  return text.split('|').map((phrase) => phrase.trim().replace(/\s+/g, ' '));
}

/** Words that stand between others, by language. */
export const functionWords = {
  es: list(
    `de | la | el | con | sin | en | y | a | al | del | para | por | o | los | las | un | una | más | más | sólo | ó | e | su | tu | se | si | sí | él`,
  ),
  de: list(
    `der | die | das | mit | und | oder | für | je | aus | ab | versch. | Sorten | z.B. | ca. | in | zum | ohne | Stück | Packung | kg | Klasse | Ursprung`,
  ),
  fr: list(`de | la | le | les | à | au | aux | et | ou | des | en | avec | sans | où`),
  it: list(`di | la | il | con | e | è | per | da | in | al | più | del`),
  pt: list(`de | a | o | com | e | é | para | em | não | do | da | às`),
  ca: list(`de | la | el | amb | i | per | a | és | sense | més`),
  en: list(`the | of | and | with | to | in | for | a | per | each | or | &`),
};

/** Amounts and units. */
export const units = list(`
  500 g | 1 kg | 250 g | 750 ml | 1 l | 33 cl | 1,5 l | 100 g | 6 x 1 l | 4 uds. | 24 uds. | 12 oz | 64 fl oz |
  2 L | per lb | el kilo | la unidad | bandeja | bote 400 g | pack 6 | botella 75 cl | pieza | aprox. | kg | /kg |
  €/kg | €/l | je 100-g-Packung | pro Stück | 1-kg-Netz | 0,75-l-Flasche | ca. 200 g | lata 33 cl | brik 1 l |
  150 g | caja | docena | malla 2 kg | 70 cl | c/u | ud.
`);

/** What Spanish flyers say. */
export const spanishPhrases = list(`
  El kilo sale a | El litro sale a | La unidad sale a | 2ª unidad al 50% | 2ª unidad -70% | 3ª unidad gratis |
  1ª calidad | ¡Oferta! | ¡Súper precio! | ¿Lo sabías? | Antes | Ahora | Llévate 3 paga 2 | LLÉVATE 3 PAGA 2 |
  Precio mínimo | Máximo 5 unidades | Ofertas válidas del | Válido hasta el | IVA incluido | Atención al cliente: |
  n.º | N.º | nº 3 | Península y Baleares | días | según | también | Fresco del día | Elaboración propia |
  Sin gluten | Ahorra | Descuento | desde | por sólo | Ración | ¡Aprovecha! | ¡Hasta un | Del 3 al 9 de abril |
  miércoles | sábado | Rebajas | + Puntos | Solo con tarjeta | Condiciones en tienda | € de descuento | Ahorro 2 € |
  sólo 1 € | a 0,99 € | Gratis | c/ Alcalá, 25 | Tel. | C.I.F. A-28017895 | Km 0
`);

/** Months in Spanish. */
export const months = list(`
  enero | febrero | marzo | abril | mayo | junio | julio | agosto | septiembre | octubre | noviembre | diciembre
`);

/** Headings, products and small print in Spanish, English and German. */
export const smallPrint = list(`
  Ofertas válidas en península | salvo error tipográfico | hasta fin de existencias | Promoción no acumulable |
  Consulta las condiciones | en tiendas participantes | Las imágenes no son contractuales | Precio por unidad |
  Compra mínima | Máximo 3 unidades por hogar | válido sólo en la sección de frescos |
  El producto puede variar según la tienda | IVA incluido | atención telefónica | gratuita |
  con tu tarjeta de socio | por la compra de | llévate de regalo | el segundo a mitad de precio | Leche entera |
  Galletas María | Atún en aceite de girasol | Jamón cocido | Salchichón ibérico | Pan de molde | Champú | Jabón |
  Pañales | Melón piel de sapo | Plátano | Limón | Calabacín | Lechón asado | Merluza del Cantábrico | Piña |
  Café molido | Azúcar blanquilla | Aceite de oliva virgen extra | Vino tinto de crianza | Detergente líquido |
  Papel higiénico | Filetes de añojo | Pechuga de pavo | Yogur líquido | Tomate frito | Espárragos blancos |
  Mejillones en escabeche | Huevos camperos | Miel de azahar | Aguacate | Arándanos | Cigalas | Pingüinos |
  vergüenza | Paraguas | El kilo sale a | El litro sale a | La docena sale a | Los 100 g salen a |
  La unidad sale a | Precio anterior | Ahora | Antes | Sólo este fin de semana | Del lunes al sábado |
  de 9:30 a 21:30 h | ¡Últimos días! | ¡No te lo pierdas! | ¿Sabías que…? | 2ª unidad | 1ª marca |
  Con la 3ª gratis | Bebe con moderación | No nos hacemos responsables | Reservado el derecho | Más información en |
  Prices valid | while supplies last | Limit 2 per customer | Not all items available | Fresh ground beef |
  Sweet corn | Whole milk gallon | Buy one get one | Save up to | boneless | Aus der Region | Kühltheke |
  Käse in Scheiben | Öko-Äpfel | Weißwein | Grüner Spargel | Süßkartoffeln | Müsliriegel | Schnäppchen |
  Aktionspreis | Ihr Preisvorteil | statt | je 500-g-Packung | Angebot gültig bis | Handzettel | Eisbergsalat |
  Frühlingszwiebeln | Brötchen | zzgl. Pfand | Stück | Übersicht | Größe | Hähnchenbrust | Rinderhackfleisch |
  Pommes frites | Mineralwasser | Frischkäse
`);
