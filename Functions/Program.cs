using Autopay.Hosting;

// A verb, such as `rehearse`, is a first argument that does not start with "-"; otherwise the app runs.
if (args is [var verb, ..] && !verb.StartsWith('-'))
{
    return await Verbs.RunAsync(args, new OperatorApp(Console.Out, Console.Error));
}

return await AutopayApp.RunAsync(args);
