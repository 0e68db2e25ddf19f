declare module 'restify/lib/router.js' {
  const Router: new (options: { readonly log: object }) => import('restify').Router;
  export = Router;
}

declare module 'restify/lib/server.js' {
  const Server: new (options: {
    readonly name: string;
    readonly log: object;
    readonly router: import('restify').Router;
  }) => import('restify').Server;
  export = Server;
}
