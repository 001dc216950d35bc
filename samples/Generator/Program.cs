using Autopay.Samples.Generator;

return await GeneratorCommand.Create().Parse(args).InvokeAsync().ConfigureAwait(false);
