process.stderr.write("dragoman: no command is implemented yet\n");
process.exitCode = 1;
