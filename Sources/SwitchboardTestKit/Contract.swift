// Whoever writes a provider imports the test kit for its tests and has the contract suite with it.
@_exported import SwitchboardContract
