using Autopay.Benchmarks.City;

var counts = await CycleRun.RunAsync(new CitySlice(int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture), int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture)), 100);
Console.WriteLine(counts);
Console.WriteLine($"{counts.ImportPerAccount} {counts.DeferPerDebit} {counts.ReleasePerDebit} {counts.CallsPerDebit} {counts.ReceivePerWebhook} {counts.MostToSettle}");
var stripe = await StripeRun.RunAsync(new CitySlice(200));
Console.WriteLine(stripe + string.Join(", ", stripe.ByEndpoint));
return 0;
