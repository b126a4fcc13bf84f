import { inLanguage } from '../app/language';

const en = {
  begin: 'Begin with',
  nothing: 'Nothing: an empty scene',
  usual: 'The usual: mu, omega, kappa',
  room: {
    name: 'A meeting room',
    floor: 'Floor',
    wall: 'Wall',
    screen: 'Screen',
    table: 'Table',
    top: 'Table top',
    leg: 'Leg',
    chair: 'Chair',
    seat: 'Seat',
    back: 'Back',
    foot: 'Foot',
    plant: 'Plant',
    pot: 'Pot',
    leaves: 'Leaves',
  },
  planets: {
    name: 'Planets',
    system: 'Planets',
    sun: 'Sun',
    mercury: 'Mercury',
    venus: 'Venus',
    earth: 'Earth',
    moon: 'Moon',
    mars: 'Mars',
    jupiter: 'Jupiter',
  },
  climate: { name: 'The climate of a room', temperature: 'Temperature', humidity: 'Humidity', brightness: 'Brightness', windows: 'Windows open' },
};

const de: typeof en = {
  begin: 'Beginnen mit',
  nothing: 'Nichts: eine leere Szene',
  usual: 'Das Übliche: mu, omega, kappa',
  room: {
    name: 'Ein Besprechungsraum',
    floor: 'Boden',
    wall: 'Wand',
    screen: 'Bildschirm',
    table: 'Tisch',
    top: 'Tischplatte',
    leg: 'Bein',
    chair: 'Stuhl',
    seat: 'Sitz',
    back: 'Lehne',
    foot: 'Fuß',
    plant: 'Pflanze',
    pot: 'Topf',
    leaves: 'Blätter',
  },
  planets: {
    name: 'Planeten',
    system: 'Planeten',
    sun: 'Sonne',
    mercury: 'Merkur',
    venus: 'Venus',
    earth: 'Erde',
    moon: 'Mond',
    mars: 'Mars',
    jupiter: 'Jupiter',
  },
  climate: { name: 'Das Klima eines Raums', temperature: 'Temperatur', humidity: 'Luftfeuchte', brightness: 'Helligkeit', windows: 'Fenster offen' },
};

/** What the start page says about templates, and what is in them. */
export const templateMessages = inLanguage({ en, de });
