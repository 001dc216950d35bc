using System.Text;
using Autopay.Tests.App.EndToEnd;
using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;
using Microsoft.Playwright;

namespace Autopay.Tests.Browser;

/// <summary>A cashier supervisor sends a file: its totals first, then the file, then what became of it.</summary>
[Collection(SmallCity.Collection)]
public sealed class ImportPagesTests(SmallCity city, Chromium chromium)
{
    [Fact]
    public async Task A_file_is_looked_at_first_and_sent_with_the_second_press()
    {
        var before = await FilesAsync();
        await using var importer = await ComeAsync();
        await ChooseAsync(
            importer,
            "late.csv",
            Csv.Payments(("P-20", "ACCOUNT-78", "1,234.50".Replace(",", "", StringComparison.Ordinal)))
        );

        Assert.Equal("payments", await importer.Page.InputValueAsync("#kind"));
        await PressAsync(importer);
        await Assertions.Expect(importer.Page.Locator("[data-act]")).ToHaveTextAsync("Send 1 row, $1,234.50");
        Assert.Equal(before, await FilesAsync());

        await PressAsync(importer);
        await importer.Page.WaitForURLAsync("**/console/imports/payments-*");
        await Assertions.Expect(importer.Page.Locator("h1")).ToHaveTextAsync("1 row, $1,234.50: all applied");

        // The same bytes once more are the same import.
        await importer.OpenAsync("/console/imports");
        await ChooseAsync(importer, "again.csv", Csv.Payments(("P-20", "ACCOUNT-78", "1234.50")));
        await PressAsync(importer);
        await Assertions.Expect(importer.Page.Locator("[data-act]")).ToHaveTextAsync("Send 1 row, $1,234.50");
        await PressAsync(importer);
        await importer.Page.WaitForURLAsync("**?known=1");
        Assert.Contains("These bytes came before", await importer.TextAsync());
    }

    private async Task<int> FilesAsync() => (await city.App.GetAsync("api/imports?kind=payments"))["total"].GetInt32();

    [Fact]
    public async Task A_file_with_problems_is_told_line_by_line_and_nothing_is_kept()
    {
        await using var importer = await ComeAsync();
        await ChooseAsync(importer, "bad.csv", Csv.Payments(("P-30", "ACCOUNT-78", "sixty")));
        await PressAsync(importer);

        var answer = importer.Page.Locator("[data-answer]");
        await Assertions.Expect(answer).ToContainTextAsync("Nothing was taken in. Problems: 1");
        await Assertions.Expect(answer).ToContainTextAsync("Line 2, amount: found");
        await Assertions.Expect(answer).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_slip_that_says_something_else_refuses_the_file()
    {
        await using var importer = await ComeAsync();
        await ChooseAsync(importer, "slip.csv", Csv.Payments(("P-40", "ACCOUNT-78", "1.00")));
        await importer.Page.FillAsync("#total", "$2.00");
        await PressAsync(importer);

        await Assertions.Expect(importer.Page.Locator("[data-answer]")).ToContainTextAsync("as the sender said");
    }

    private static Task PressAsync(Visitor visitor) => visitor.Page.ClickAsync("[data-upload] [data-act]");

    private async Task<Visitor> ComeAsync()
    {
        var importer = await Visitor.ComeAsync(chromium, city.App, "importer");
        await importer.OpenAsync("/console/imports");
        return importer;
    }

    private static async Task ChooseAsync(Visitor visitor, string name, string csv)
    {
        await visitor.Page.SetInputFilesAsync(
            "#file",
            new FilePayload
            {
                Name = name,
                MimeType = "text/csv",
                Buffer = Encoding.UTF8.GetBytes(csv),
            }
        );
        await Assertions.Expect(visitor.Page.Locator("#kind")).Not.ToHaveValueAsync("");
    }
}
