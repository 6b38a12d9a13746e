using HelpdeskMail.App.Cli;

return await HelpdeskCommands.RunAsync(args);
