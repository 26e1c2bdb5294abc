public import SwitchboardEngine

/// The commands that every host has.
public enum BuiltIns {
    /// All of them, in the order that help shows.
    public static let commands: [any Command.Type] = [
        Search.self, Purchase.self, Import.self, List.self, Get.self, Update.self, ReleaseNumbers.self, Remove.self,
        BindAgent.self, UnbindAgent.self, Adopt.self, Drift.self, Verify.self,
        AgentAdd.self, AgentList.self, AgentGet.self, AgentRemove.self,
        TrunkCreate.self, TrunkGet.self, TrunkList.self, TrunkUpdate.self, TrunkReplace.self, TrunkDelete.self,
        DispatchCreate.self, DispatchList.self, DispatchUpdate.self, DispatchReplace.self, DispatchDelete.self,
        ExplainCall.self,
        ProviderList.self, ProviderShow.self, ProviderCheck.self, Connect.self, Disconnect.self,
        PriceSet.self, PriceList.self, PriceRemove.self,
        SecretSet.self, SecretList.self, SecretRemove.self, SecretRotate.self, SecretUse.self,
        Runs.self, RunShow.self, RunLog.self, Resume.self, WorkspaceLimits.self,
        Range.self,
        First.self, Last.self, Sample.self, Count.self, Sum.self, Min.self, Max.self, Floor.self, Ceil.self, Round.self,
        SortBy.self, Select.self, Rename.self, Unique.self, GroupBy.self, Flatten.self, Diff.self, Describe.self,
        Phone.self, Ago.self, ToJSON.self, FromJSON.self,
        Undo.self, Todo.self, TodoDone.self,
        SandboxFault.self, SandboxLog.self, SandboxSeed.self, SandboxReset.self,
        Print.self, Read.self, Write.self, Report.self, Confirm.self, Wait.self,
        Fail.self, Assert.self, Exit.self,
    ]
}
