export const words = {
  title: 'Log in',
  lead: 'An open logistics network: lines, labels, tracking and the money of parcels.',
  email: 'E-mail',
  password: 'Password',
  world: 'World',
  'world.live': 'Live',
  'world.test': 'Test world',
  'world.hint': 'The test world has its own clock and no real parcels. The demo lives there.',
  refused: 'E-mail and password do not fit, or this person may not log in.',
  slowed: 'Too many attempts. Try again {seconds, plural, one {in # second} other {in # seconds}}.',
  slowed_some: 'Too many attempts. Wait a moment.',
  track: 'Track a parcel',
  api: 'API reference',
  here: 'You are logged in as {name}.',
  no_face: 'There is no screen for the role {role} yet; the API has all it may do.',
  go: 'Go to your screens',
  'invitation.title': 'Join',
  'invitation.lead': 'Choose a name and a password of at least 12 characters.',
  'invitation.name': 'Your name',
  'invitation.do': 'Join',
  'invitation.missing':
    'This address lacks the token of the invitation. Open the link as it was sent to you.',
  'invitation.done': 'You have joined. Log in with your e-mail and the new password.',
  device_needed:
    'At a counter one logs in on a device with a key of its own, and this browser keeps none. Allow this page to store data, or leave the private window.',
  device_insecure:
    'At a counter one logs in on a device with a key of its own, which browsers make on encrypted pages only. Open the https address of this server.',
  device_blocked: 'This device was blocked. Ask who runs your point network, or take another device.',
  device_proof: 'The key of this device was not accepted. Check date and time of the device and try again.',
  insecure:
    'This page was opened without encryption from another machine: browsers keep no log-in then. Start the server with --https and open its https address.',
} as const;
