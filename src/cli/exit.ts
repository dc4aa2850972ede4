// The exit codes of all commands.

export const EXIT = {
  clean: 0,
  findings: 1,
  usage: 2,
  unreachable: 3,
  notConclusive: 4,
  interrupted: 130,
} as const;
