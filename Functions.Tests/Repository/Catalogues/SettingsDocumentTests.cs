using Autopay.Hosting.Settings;
using Autopay.Tests.Repository.Wholesome;
using Microsoft.Extensions.Configuration;

namespace Autopay.Tests.Repository.Catalogues;

/// <summary>Settings are declared once, beside their defaults; what shows them is written from there.</summary>
public sealed class SettingsDocumentTests
{
    [Fact]
    public void The_page_has_every_setting_with_its_default() =>
        WrittenFile.Is("docs/settings.md", SettingsDocument.Page(GetType()), GetType());

    [Fact]
    public void A_deployment_is_given_the_defaults_of_the_code() =>
        WrittenFile.Is("infra/app-settings.json", SettingsDocument.AppSettings(), GetType());

    [Fact]
    public void The_sample_has_every_setting_and_no_other() =>
        WrittenFile.Is("local.settings.sample.json", SettingsDocument.Sample(), GetType());

    [Fact]
    public void Every_setting_says_what_it_means_and_only_once()
    {
        Assert.True(DeclaredSetting.All.Count > 40);
        Assert.All(DeclaredSetting.All, setting => Assert.True(setting.About.Meaning.Length > 10, setting.Name));
        Assert.Equal(DeclaredSetting.All.Count, DeclaredSetting.All.Select(setting => setting.Name).Distinct().Count());
    }

    /// <summary>The text of a default is what somebody types who wants it: read again it is the default.</summary>
    [Fact]
    public void A_default_that_is_typed_in_changes_nothing()
    {
        var typed = new ConfigurationBuilder()
            .AddInMemoryCollection(
                DeclaredSetting
                    .Bound.Where(setting => setting.Element is null)
                    .Select(setting => KeyValuePair.Create(Key(setting.Name), (string?)setting.Default))
            )
            .Build();

        Assert.Equivalent(new Policies(), SettingsReader.Read<Policies>(typed), strict: true);
        Assert.Equivalent(new ReturnCeilings(), SettingsReader.Read<ReturnCeilings>(typed), strict: true);
        Assert.Equivalent(new CityOptions(), SettingsReader.Read<CityOptions>(typed), strict: true);
    }

    [Fact]
    public void Every_setting_that_is_typed_in_is_read()
    {
        var sample = new ConfigurationBuilder()
            .AddInMemoryCollection([
                new("Autopay:MaxRetries", "1"),
                new("Autopay:RetryAfterBankingDays", "3,7"),
                new("Autopay:MinimumChargeCents", "75"),
                new("Autopay:DueDateRunAt", "05:30"),
                new("Autopay:PreviousBalance", "Warn"),
                new("Autopay:Cycles:0:Cycle", "1"),
                new("Autopay:Cycles:0:Name", "Cycle 1"),
                new("Autopay:Cycles:0:Area", "west"),
            ])
            .Build();

        var policies = SettingsReader.Read<Policies>(sample);

        Assert.Equal((1, 75), (policies.MaxRetries, policies.MinimumChargeCents));
        Assert.Equal([3, 7], policies.RetryAfterBankingDays);
        Assert.Equal(
            (new TimeOnly(5, 30), PreviousBalancePolicy.Warn),
            (policies.DueDateRunAt, policies.PreviousBalance)
        );
        Assert.Equal("west", Assert.Single(SettingsReader.Read<CityOptions>(sample).Cycles).Area);
    }

    [Theory]
    [InlineData("5,x")]
    [InlineData("5;10")]
    [InlineData("")]
    public void A_list_that_is_none_is_refused_with_the_name_of_its_setting(string text)
    {
        var typed = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Autopay:RetryAfterBankingDays", text)])
            .Build();

        var refused = Assert.Throws<InvalidOperationException>(() => SettingsReader.Read<Policies>(typed));

        Assert.Contains("Autopay:RetryAfterBankingDays", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>What is fixed, such as how long a key lives, must not become a setting by its name.</summary>
    [Fact]
    public void What_is_no_setting_cannot_be_set()
    {
        var typed = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Autopay:KeyLifetime", "90.00:00:00")])
            .Build();

        Assert.Equal(
            new Application.ProcessingOptions().KeyLifetime,
            SettingsReader.Read<Application.ProcessingOptions>(typed).KeyLifetime
        );
    }

    [Fact]
    public void The_README_leads_to_the_page() =>
        Assert.Contains("(docs/settings.md)", SourceTree.Read("README.md"), StringComparison.Ordinal);

    private static string Key(string name) => name.Replace("__", ":", StringComparison.Ordinal);
}
