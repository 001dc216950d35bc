using Autopay.Application.Ledgers;
using Disk = System.IO.File;

namespace Autopay.Tests.Repository.Wholesome;

/// <summary>
/// Domain ← Imports ← Application ← {Storage, Payments, Mailing} ← Triggers, Rehearsal, Hosting; and who may ask the
/// machine for anything. Held by what is compiled, so that no full name, alias or using of a project goes round it
/// (D130).
/// </summary>
public sealed class RoomsTests
{
    private const string Mail = "MailKit|MimeKit|Autopay.Mailing";
    private const string Outer = "Autopay.Hosting|Autopay.Triggers|Autopay.Rehearsal";

    /// <summary>The machine that the code runs on: only adapters, hosts and commands may ask it.</summary>
    private const string Machine =
        "System.IO.File|System.IO.Directory|System.Environment|System.Console"
        + "|System.Diagnostics.Process|System.Threading.Thread|System.Threading.Timer|System.Random";

    private const string Outside = "System.IO.FileStream|System.Net.Http|System.Net.Sockets|System.Net.Dns";

    [Theory]
    [InlineData(
        "Domain",
        "Azure|Stripe|Microsoft|Autopay.Application|Autopay.Storage|Autopay.Payments|Autopay.Imports|"
            + Mail
            + "|"
            + Outer
            + "|System.Threading|System.TimeProvider|System.Guid.NewGuid|System.Net|"
            + Machine
    )]
    [InlineData(
        "Application",
        "Azure|Stripe|Microsoft|Autopay.Storage|Autopay.Payments|" + Mail + "|" + Outer + "|" + Outside + "|" + Machine
    )]
    [InlineData(
        "Imports",
        "Azure|Stripe|Microsoft|Autopay.Application|Autopay.Storage|Autopay.Payments|"
            + Mail
            + "|"
            + Outer
            + "|"
            + Outside
            + "|"
            + Machine
    )]
    [InlineData("Storage", "Stripe|Autopay.Payments|" + Mail + "|" + Outer + "|" + Machine)]
    [InlineData("Payments", "Azure|Autopay.Storage|" + Mail + "|" + Outer + "|" + Machine)]
    [InlineData("Mailing", "Azure|Stripe|Autopay.Storage|Autopay.Payments|" + Outer + "|" + Machine)]
    [InlineData("Triggers", "Azure|Stripe|Autopay.Storage|Autopay.Payments|Autopay.Rehearsal|" + Mail + "|" + Machine)]
    [InlineData("Rehearsal", "Azure|Stripe|Autopay.Storage|Autopay.Payments|Autopay.Triggers|" + Mail)]
    public void A_room_names_only_the_rooms_below_it(string room, string forbidden) =>
        Assert.Empty(
            from type in Assert.Some(TypesOf(room))
            from name in CompiledReferences.Of(type)
            where forbidden.Split('|').Any(prefix => IsBelow(name, prefix))
            select $"{type}: {name}"
        );

    [Fact]
    public void A_full_name_an_alias_and_a_call_in_a_lambda_are_seen()
    {
        var seen = Assert.Some(WithNested(typeof(Sample)).SelectMany(CompiledReferences.Of));

        Assert.Contains("System.IO.File.Exists", seen);
        Assert.Contains("System.Environment.get_TickCount64", seen);
        Assert.Contains("System.Threading.Thread", seen);
        Assert.Contains("System.Net.IPAddress", seen);
    }

    private static IEnumerable<Type> TypesOf(string room) =>
        typeof(AccountBooks).Assembly.GetTypes().Where(type => IsBelow($"{type.Namespace}", $"Autopay.{room}"));

    private static IEnumerable<Type> WithNested(Type type) =>
        type.GetNestedTypes(System.Reflection.BindingFlags.NonPublic).Prepend(type);

    private static bool IsBelow(string name, string prefix) =>
        name == prefix || name.StartsWith($"{prefix}.", StringComparison.Ordinal);

    private sealed class Sample(System.Net.IPAddress address)
    {
        public override string ToString() => $"{address} {Disk.Exists("none")}";

        public static Func<long> Ticks() => () => Environment.TickCount64;

        public static bool IsAlive(Thread thread) => thread.IsAlive;
    }
}
