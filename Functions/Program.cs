using Autopay.Hosting;
using Autopay.Hosting.Operator;
using Microsoft.Extensions.Hosting;

if (Cultures.Prepare() is { } why)
{
    await Console.Error.WriteLineAsync(why);
    return OperatorApp.WrongInput;
}

// A verb, such as `reconcile`, is a first argument that does not start with "-"; otherwise the app runs, as the
// Functions host starts it.
if (args is [var verb, ..] && !verb.StartsWith('-'))
{
    return await Verbs.RunAsync(args, new OperatorApp(Console.Out, Console.Error));
}

using var app = AutopayApp.Build(args);
await app.RunAsync();
return OperatorApp.Done;
