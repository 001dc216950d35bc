using System.CommandLine;
using Autopay.Rehearsal;

return await new RootCommand("Autopay") { RehearseCommand.Create() }.Parse(args).InvokeAsync();
