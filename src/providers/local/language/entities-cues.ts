/** Words beside or inside a name that tell what it is. All matched without regard to accents' absence in capitals. */
const set = (words: string): ReadonlySet<string> => new Set(words.split(/[\s]+/));

/** Capitalised words that stand before a person's name without being part of it. */
export const TITLES = set(
  `Mr Mr. Mrs Mrs. Ms Ms. Miss Dr Dr. Sir Lord Lady Dame Prof Prof. Professor President Vice-President Vice Prime Minister Premier
  Chancellor Senator Sen. Rep. Representative Congressman Congresswoman Governor Gov. Mayor Secretary Ambassador General Gen.
  Gen Major-General Lieutenant Lt. Lt Colonel Col. Col Captain Capt. Capt Sergeant Sgt. Sgt Corporal Commander Admiral Judge
  Justice Bishop Archbishop Cardinal Rabbi Reverend Rev. Rev Father Brother Sister Sheikh Imam Ayatollah Mullah Chairman
  Chairwoman Director Coach Manager Skipper Foreign Interior Finance Defence Defense Deputy Attorney Spokesman Spokeswoman Opposition
  Leader Commissioner Commissioners Chief Executive Officer Economist Analyst Trade Health Education Agriculture Transport Environment Energy Economy Justice
  Inspector Superintendent Detective Constable Queen King Prince Princess Emperor Sultan Emir Crown Duke Duchess Count
  Sr Sr. Sra Sra. Srta Srta. Don Doña D. Dña. Dra Dra. Presidente Presidenta Ministro Ministra Alcalde Alcaldesa Rey Reina Príncipe Infanta
  Infante Papa Monseñor Obispo Arzobispo Padre Fray Capitán Coronel Teniente Comandante Almirante Senador Senadora Diputado
  Diputada Doctor Doctora Profesor Profesora Gobernador Gobernadora Canciller Secretario Secretaria Fiscal Juez Jueza`,
);

/** Small-letter words after which a name is a person's. */
export const PERSON_BEFORE = set(
  `president chairman chairwoman minister premier chancellor senator governor mayor secretary ambassador general colonel captain
  judge bishop archbishop coach manager striker midfielder defender goalkeeper goalie forward winger skipper batsman bowler
  spinner pitcher quarterback guard actor actress singer author writer director composer spokesman spokeswoman spokesperson
  analyst economist trader dealer lawyer attorney leader chief executive champion seed rival compatriot teammate team-mate
  countryman wife husband son daughter brother sister father mother driver rider cyclist sprinter swimmer boxer golfer player
  founder owner editor reporter journalist photographer doctor professor scientist artist painter novelist poet officer
  official inspector prosecutor widow dictator rebel commander candidate substitute waiter waitress receptionist host agent
  presidente presidenta ministro ministra alcalde alcaldesa consejero consejera portavoz secretario secretaria líder
  candidato candidata diputado diputada senador senadora gobernador gobernadora canciller embajador embajadora juez jueza
  fiscal magistrado abogado abogada actor actriz cantante escritor escritora director directora autor autora poeta pintor
  entrenador técnico delantero portero defensa centrocampista jugador jugadora tenista ciclista piloto corredor futbolista
  seleccionador árbitro colegiado capitán coronel comandante teniente sargento doctor doctora profesor profesora periodista
  economista analista experto experta empresario empresaria banquero dirigente vicepresidente vicepresidenta ex-presidente
  expresidente rey reina príncipe princesa señor señora don doña hermano hermana hijo hija esposa marido viuda madre padre
  compañero compatriota etarra concejal concejala edil eurodiputado parlamentario sindicalista obispo arzobispo cardenal
  dictador general campeón campeona español argentino italiano francés alemán británico ruso estadounidense camarero camarera recepcionista dependienta repartidor`,
);
/** Words after which a name in capitals is a person who speaks or acts. */
export const PERSON_AFTER = set(
  `said says told added scored won plays played beat ran struck hit missed joined signed resigned died who aged wrote argued
  explained insisted admitted declined dijo afirmó aseguró declaró señaló añadió explicó manifestó indicó marcó murió nació
  quien insistió recordó destacó comentó reconoció advirtió anotó`,
);

/** Last word of the name of an organisation in English. */
export const ORG_TAIL = set(
  `Inc Inc. Corp Corp. Corporation Co Co. Company Companies Ltd Ltd. Limited Plc PLC plc LLC LLP AG GmbH SA S.A. NV N.V. SpA AB AS ASA Oy BV KK
  Bhd Sdn Group Holdings Holding Bank Banking Bancorp Trust Fund Funds Securities Capital Partners Investments Investment Associates Insurance Financial
  Finance Brothers Bros Bros. Sons Industries Industrial Enterprises Enterprise Systems Technologies Technology Software Networks Electronics
  Communications Telecommunications Telecom Wireless Semiconductor Instruments Laboratories Labs Pharmaceuticals Pharmaceutical Pharma Chemical
  Chemicals Petroleum Oil Gas Energy Electric Power Steel Mining Mines Resources Gold Motors Motor Automotive Aerospace Aviation Airlines
  Airways Air Railways Railway Shipping Lines Foods Stores Supermarkets Hotels Resorts Entertainment Pictures Studios Records Broadcasting
  Television TV Radio News Press Times Post Herald Tribune Journal Gazette Daily Magazine Weekly Chronicle Telegraph Agency
  University College School Institute Institution Academy Hospital Clinic Museum Library Foundation Society Association Federation
  Confederation Union Unions League Alliance Coalition Party Front Movement Army Force Forces Guard Police Council Commission Committee Congress
  Parliament Senate Assembly Ministry Department Bureau Office Authority Administration Board Court Tribunal Service Services
  Organization Organisation Centre Center Club FC F.C. CF United City Town Rovers Wanderers Athletic Albion County Rangers Hotspur Harriers
  Church Brigade Brigades Command Corps Regiment Battalion Squadron Team Consortium Network Exchange Research Consulting Logistics
  International Steelers Tigers Bears Lions Eagles Hawks Kings Sharks Dynamo Sporting Cricket Restaurant Motorsport Racing`,
);
/** Not enough by themselves where only a place or nothing stands before them. */
export const WEAK_ORG_TAIL = set(
  'City Town County International Office Service Services Center Centre Gold Air Oil Gas Power School Church Research Post Times',
);
/** Before `of`: University of Iowa. */
export const ORG_OF_HEAD = set(
  `University Bank Ministry Department Institute College School Academy Church House Court Council Board Chamber Bureau Office
  Federation Association Society League Union Organization Organisation Party Museum Army Congress Parliament Commission Group Movement Committee Confederation Alliance Conference Federation Kingdom`,
);
/** First word of the name of an organisation in Spanish (and its neighbours). */
export const ORG_HEAD = set(
  `Círculo Comando Ateneo Peña Orfeón Gremio Mancomunidad Cofradía Obispado Arzobispado Cabildo Banco Banca Caja Caixa Universidad Universitat Universidade Facultad Escuela Instituto Institut Colegio Academia Ministerio Consejería Conselleria Concejalía
  Departamento Dirección Secretaría Subsecretaría Delegación Partido Partit Federación Confederación Asociación Associació Fundación Fundació Sociedad
  Compañía Companyia Cía. Grupo Grup Corporación Comisión Comité Consejo Consell Cámara Tribunal Audiencia Juzgado Corte Fiscalía Policía Ejército
  Fuerza Fuerzas Guardia Unión Unió Liga Frente Movimiento Organización Oficina Agencia Instituto Centro Hospital Clínica Museo Museu Biblioteca
  Ayuntamiento Ajuntament Diputación Junta Gobierno Govern Generalitat Parlamento Parlament Asamblea Congreso Senado Estado Coordinadora Plataforma
  Sindicato Sindicat Club Real Atlético Atletico Deportivo Deportiva Racing Sporting Unión CD CF UD FC RCD SD CB RB AC AS SC VfB VfL FK NK SV SK KV AFC IFK BK CA Radio Televisión Canal Diario Editorial Aerolíneas
  Hermanos Grupos Patronato Red Servicio Alto Dirección Seguros Laboratorios Industrias Construcciones Bodegas Hoteles Supermercados Almacenes Restaurante
  Iglesia Conferencia Comandancia Jefatura Seguridad Inspección Tesorería Registro Bolsa Casa Comunidad Consorcio Autoridad Archivo Orquesta Ballet Coro Compañía Ejecutivo Superintendencia Procuraduría Contraloría Fuerzas Secretariado Observatorio Defensoría Sala Brigada Cuerpo Mesa`,
);
export const WEAK_ORG_HEAD = set(
  'Real Alto Casa Red Sala Mesa Centro Comunidad Radio Canal Corte Liga Copa Seguridad Hermanos Restaurante',
);
/** Words that are an organisation by themselves in Spanish newswire. */
export const LONE_ORG = set(
  'Gobierno Ejecutivo Estado Congreso Senado Parlamento Ayuntamiento Ejército Policía Iglesia Parlament Govern Junta Diputación Generalitat Consell Cámara Asamblea Administración Corte Consistorio Fiscalía Ertzaintza Consejo Universidad Ministerio Comisión Tribunal Audiencia Supremo Constitucional Cabildo',
);

/** Last word of the name of a place in English. */
export const PLACE_TAIL = set(
  `River Lake Lakes Sea Ocean Bay Gulf Strait Straits Channel Canal Island Islands Isle Isles Peninsula Cape Coast Beach Valley Hill Hills Mountain
  Mountains Desert Forest Park Square Street St. Road Avenue Ave Boulevard Lane Drive Bridge Airport Station Harbour Harbor Port Stadium
  Ground Arena Palace Castle Cathedral Tower Airfield Base Province District Region Territory Territories Republic State Falls Springs Heights
  Village Prison Jail Gardens Mall Plaza Speedway Raceway Circuit Garden Peaks Plateau Basin Delta Highway Wharf Quay Terrace`,
);
/** First word of the name of a place, in either language. */
export const PLACE_HEAD = set(
  `Mount Mt Mt. Lake Cape Fort Port Saint St. St San Santa Santo New North South East West Upper Lower Río Lago Laguna Monte Sierra Cordillera Valle Isla Islas Cabo Golfo
  Bahía Costa Puerto Playa Calle Avenida Avda. Av. Plaza Paseo Ronda Barrio Puente Aeropuerto Estadio Estación Palacio Palau Castillo Catedral Basílica Parque Parc
  Ciudad Villa Pueblo Provincia Región Municipio Estrecho Mar Océano Canal Península Camino Carretera Autovía Autopista Polideportivo Pabellón Velódromo Autódromo Circuito
  Teatro Auditorio Auditorium Cárcel Prisión Embalse Mercado Jardín Jardines Glorieta Torre Hacienda Rambla Santuario Monasterio Convento`,
);
/** Heads above that are also the start of persons' and clubs' names. */
export const WEAK_PLACE_HEAD = set(
  'Saint St. St San Santa Santo New North South East West Upper Lower Villa Torre Hacienda Fort Port Mar Canal Ronda Castillo Plaza Monte Calle Camino Puente Costa Teatro',
);
/** Before `of`: Gulf of Mexico. */
export const PLACE_OF_HEAD = set(
  'Gulf Bay Isle Cape Strait Straits Sea Lake City Town Province State Republic Kingdom Port Coast Horn Valley Rock Tower',
);

/** Last word of the name of an event in English. */
export const EVENT_TAIL = set(
  `Cup Open Championship Championships Championnat Trophy Games Olympics Grand-Prix Prix Festival War Wars Marathon Rally Classic Invitational Masters Tournament Series
  Summit Conference Bowl Derby Stakes Shield Fair Expo Awards Award Prize Day Revolution Biennale Tour Challenge Ashes Playoffs Finals Plate Handicap Eve Uprising Massacre Inquiry Regatta Carnival`,
);
/** First word of the name of an event in Spanish. */
export const EVENT_HEAD = set(
  `Copa Gran Premio Premios Torneo Festival Juegos Campeonato Campeonatos Feria Cumbre Operación Vuelta Volta Tour Giro Guerra Revolución Batalla Semana Jornadas Congreso-Mundial Trofeo
  Huracán Hurricane Typhoon Tifón Cyclone Ciclón Tormenta Operation Maratón Rally Mundial Mundiales Europeo Supercopa Carrera Bienal Certamen Simposio Foro Master Masters Open Abierto Encuentro Festividad Memorial Jornada Día Fiesta Fiestas Concurso Exposición Salón Conferencia Cumbres Milla Ruta`,
);
/** First word of a law, plan or work in Spanish; the last one in English. */
export const WORK_HEAD = set(
  'Ley Tratado Pacto Acuerdo Acuerdos Plan Código Estatuto Convenio Convención Constitución Protocolo Declaración Carta Decreto Proyecto Programa Libro Presupuestos Reglamento Informe Directiva Pacto Iniciativa Estrategia Fondo Índice Impuesto Caso Cruz Medalla Orden',
);
export const WORK_TAIL = set(
  'Act Treaty Accord Accords Agreement Pact Convention Protocol Charter Bill Plan Constitution Code Report Declaration Index Average Resolution Programme Program',
);

/** After these a lone unknown name is most likely a place. */
export const PLACE_BEFORE = set('in at near from to outside around across towards via en desde hacia hasta cerca');
/** Small-letter words before which or after which the name is a place. */
export const PLACE_NOUN = set(
  `city town village province region state county district capital island river port suburb neighbourhood neighborhood airport resort
  ciudad pueblo localidad provincia región municipio barrio capital isla río puerto comarca aldea villa distrito departamento aeropuerto estado playa calle avenida plaza estadio prisión cárcel población cárcel embalse`,
);
export const ORG_NOUN = set(
  `company firm group bank newspaper agency daily magazine party team club airline brokerage carmaker insurer maker retailer supermarket chain brand manufacturer university union broker
  empresa compañía grupo banco periódico diario agencia revista partido equipo club aerolínea firma sindicato coalición cadena entidad constructora consultora eléctrica filial formación organización asociación sociedad supermercado plataforma operadora banda formación aseguradora multinacional editorial fabricante conjunto cuadro clínica hospital`,
);
export const PRODUCT_NOUN = set(
  'model phone smartphone laptop car console tablet watch camera printer yogurt shampoo modelo móvil teléfono portátil coche consola reloj cámara impresora champú yogur crema cafetera aspiradora detergente',
);
export const WORK_NOUN = set(
  'film movie novel book album song series play opera symphony musical sitcom ballad thriller película novela libro disco álbum canción serie obra ópera poemario filme cinta ensayo poema comedia drama musical cuadro',
);
export const EVENT_NOUN = set(
  'tournament race festival championship torneo carrera festival campeonato feria certamen',
);

/** Joins parts of one name. */
export const PARTICLES = set(
  'de del da dos das di du der den van von bin ben ibn al el la las los le e y zu ter ten af av do',
);
/** Capitalised words that are no names. */
export const NO_NAMES = set(
  `I I'm I'd I've I'll OK Ok TV CD PC CEO PM AM A.M. P.M. No. No Nos Mr Mrs Ms Sir Madam Monday Tuesday Wednesday Thursday Friday Saturday Sunday
  January February March April May June July August September October November December Jan Jan. Feb Feb. Mar. Apr Apr. Jun Jul Aug Aug. Sep Sep. Sept Sept. Oct Oct.
  Nov Nov. Dec Dec. Lunes Martes Miércoles Jueves Viernes Sábado Domingo Enero Febrero Marzo Abril Mayo Junio Julio Agosto Septiembre Octubre Noviembre Diciembre
  II III IV VI VII VIII IX XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI Thanks Please Hello Hi Hola Gracias Q1 Q2 Q3 Q4 GMT Internet Web God Dios LOL OMG WTF IMO IMHO FYI ASAP DIY PS P.S. Don't Can't Won't Usted Ud Ud. Vd Vd. Uds VIP FAQ QR Wifi WiFi DNI IVA
  Men Women   Hz dB mA nA kHz MHz GHz kW MW GW GB MB TB KB kWh mAh mAh kB pH Celsius Fahrenheit Mondays Tuesdays Wednesdays Thursdays Fridays Saturdays Sundays
  Yeah Wow Ugh Hmm Oh Ah Hey Bravo Ole Olé Ojo Uf Puf Jaja Jajaja Haha Meh Yay Nope Yep Ay Eh Uy Vaya Ufff Amén
  Result Results Scores Standings Tabulated Attendance Attendances Division Round Halftime Scorers Played Won Lost Drawn Points Prefix Leading Summary Fixtures Resultados Clasificación Goles Árbitro Tarjetas Alineaciones Incidencias`,
);

/** Fields that a Spanish minister or councillor answers for: the name of a ministry without `Ministerio de`. */
export const DEPARTMENTS = set(
  'Sanidad Defensa Economía Hacienda Interior Justicia Exteriores Educación Fomento Trabajo Cultura Industria Agricultura Turismo Comercio Transportes Vivienda Igualdad Ciencia Pesca Energía Seguridad Deportes Gobernación Finanzas Presidencia Empleo Salud',
);
/** Heads that keep the place after `de` even where an adjective stands between. */
export const KEEPS_PLACE = set(
  'Universidad Instituto Colegio Banco Caja Audiencia Tribunal Hospital Museo Cámara Escuela Facultad Real Club Atlético Deportivo Racing Sporting Orquesta Ayuntamiento Diputación Teatro Palacio Feria',
);
/** Before `de`, what a place follows: `alcalde de Rota`. */
export const OF_PLACE = set(
  'alcalde alcaldesa base sede zona cuenca natural vecino vecina vecinos habitantes término ayuntamiento valle catedral universidad aeropuerto prisión obispo arzobispo gobernador embajador embajada consulado',
);
/** `la estadounidense Lycos` is a company. */
export const NATION_OF_COMPANY = set(
  'estadounidense española francesa alemana británica italiana japonesa coreana holandesa sueca suiza finlandesa mexicana argentina brasileña chilena portuguesa china rusa belga canadiense catalana vasca gallega',
);
/** What an organisation before it plays or employs. */
export const ORG_FOLLOWER = set(
  'striker manager midfielder defender goalkeeper coach captain skipper forward winger chairman president spokesman spokeswoman shares shareholders officials executive chief player players fans supporters needs has had will plans expects announced reported rose fell lost gained agreed won is said guard center pitcher quarterback',
);
/** Sports before `tournament`. */
export const SPORT_NAME = set('tennis golf marathon tournament championship championships open race regatta rally cup');
