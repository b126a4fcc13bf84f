import { lazy } from 'react';

/** One's head and picture, to be chosen; loaded when it is shown. */
export const ProfileLook = lazy(() => import('./ProfileLook').then((module) => ({ default: module.ProfileLook })));

/** One's contacts; loaded when they are shown. */
export const Contacts = lazy(() => import('./Contacts').then((module) => ({ default: module.Contacts })));
