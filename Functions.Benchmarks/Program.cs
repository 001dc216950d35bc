using Autopay.Benchmarks;

return await Commands.RunAsync(args);
