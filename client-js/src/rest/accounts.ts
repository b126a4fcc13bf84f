/** Everything about accounts, as `@chorale/client/account`. */
export {
  accessTokens,
  login,
  logout,
  refresh,
  register,
  type Credentials,
  type NewAccount,
  type RefreshIn,
  type SignedIn,
  type User,
} from './account.js';
export * from './administration.js';
export {
  changePassword,
  eraseMe,
  exportMe,
  listApiKeys,
  makeApiKey,
  readMe,
  requestPasswordReset,
  resetPassword,
  revokeApiKey,
  updateMe,
  type ApiKey,
  type KeyScope,
  type NewApiKey,
  type ProfileChange,
} from './me.js';
export * from './profile.js';
