import {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  MessageFactory,
  type Request,
} from 'botbuilder';
import { createServer, plugins } from 'restify';

// The echo bot of botbuilder's own samples, on restify, with nothing added.

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(process.env));
const bot = new ActivityHandler().onMessage(async (context, next) => {
  const echo = `Echo: ${context.activity.text}`;
  await context.sendActivity(MessageFactory.text(echo, echo));
  await next();
});

const server = createServer();
server.use(plugins.bodyParser());
server.post('/api/messages', async (request, response) => {
  // The types of the two libraries differ in whether `method` may be undefined.
  await adapter.process(request as Request, response, (context) => bot.run(context));
});
server.listen(Number(process.env['PORT']), '127.0.0.1');
