// Runs the unmodified oidc-client-ts as the web client does, without a browser: a navigation is a request that follows no
// redirect and stores the address of the redirect.
//
//   node client.mjs <authority> <member id>
//
// Signs in, renews twice, signs out, and writes the results of the library to stdout as a JSON object.
import { InMemoryWebStorage, UserManager, WebStorageStateStore } from "oidc-client-ts";

const [authority, member] = process.argv.slice(2);
const app = "http://localhost:5173";

let landed;
const navigator = {
  prepare: async () => ({
    navigate: async ({ url }) => {
      const answer = await fetch(url, { redirect: "manual" });
      landed = answer.headers.get("location");
      if (!landed) throw new Error(`${answer.status} ${await answer.text()}`);
      return { url: landed };
    },
    close: () => {},
  }),
  callback: async () => {},
};

const settings = {
  authority,
  client_id: "connections-web",
  redirect_uri: `${app}/signed-in`,
  post_logout_redirect_uri: `${app}/signed-out`,
  scope: "openid profile email offline_access",
  loadUserInfo: true,
  userStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
  stateStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
};
const manager = new UserManager(settings, navigator, navigator, navigator);
const told = (user) => ({
  accessToken: user.access_token,
  expiresIn: user.expires_in,
  scopes: user.scopes,
  profile: user.profile,
  refreshes: !!user.refresh_token,
});

await manager.signinRedirect({ login_hint: member, state: { page: "/creators?q=tea" } });
const signedIn = await manager.signinCallback(landed);

const renewed = await manager.signinSilent();
const renewedAgain = await manager.signinSilent();

await manager.signoutRedirect({ state: "bye" });
const { userState: signedOut } = await manager.signoutCallback(landed);
await manager.storeUser(renewedAgain);
const renewedAfterSigningOut = await manager.signinSilent().then(() => "renewed", (e) => e.error ?? `${e}`);

console.log(JSON.stringify({
  signedIn: told(signedIn),
  state: signedIn.state,
  renewed: told(renewed),
  renewedAgain: told(renewedAgain),
  signedOut,
  landed,
  renewedAfterSigningOut,
}));
process.exit(0);
