import edu.stanford.nlp.ie.NERClassifierCombiner;
import edu.stanford.nlp.pipeline.CoreDocument;
import edu.stanford.nlp.pipeline.CoreEntityMention;
import edu.stanford.nlp.pipeline.StanfordCoreNLP;
import edu.stanford.nlp.util.Pair;
import edu.stanford.nlp.util.Triple;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;

/**
 * Finds names, as the annotator "ner" of CoreNLP is set up when nothing else is
 * asked for, or with its three models alone, where the argument is "models":
 * without parts of speech, times, numbers and rules.
 *
 * <p>In: the length of a text in bytes and the text, UTF-8. Out: the number of
 * names; for each its first character, the one after its last, and its type.
 * All numbers have four bytes, the highest first; characters are UTF-16 units.
 */
public class Names {
  public static void main(String[] args) throws Exception {
    Function<String, List<Triple<String, Integer, Integer>>> names =
        args.length > 0 && args[0].equals("models") ? models() : annotator();
    DataInputStream in = new DataInputStream(System.in);
    DataOutputStream out = new DataOutputStream(System.out);
    while (true) {
      byte[] text = new byte[in.readInt()];
      in.readFully(text);
      List<Triple<String, Integer, Integer>> found = names.apply(new String(text, StandardCharsets.UTF_8));
      out.writeInt(found.size());
      for (Triple<String, Integer, Integer> n : found) {
        out.writeInt(n.second());
        out.writeInt(n.third());
        out.writeUTF(n.first());
      }
      out.flush();
    }
  }

  static Function<String, List<Triple<String, Integer, Integer>>> models() throws Exception {
    String models = "edu/stanford/nlp/models/ner/english.";
    return new NERClassifierCombiner(false, false,
        models + "all.3class.distsim.crf.ser.gz",
        models + "muc.7class.distsim.crf.ser.gz",
        models + "conll.4class.distsim.crf.ser.gz")::classifyToCharacterOffsets;
  }

  static Function<String, List<Triple<String, Integer, Integer>>> annotator() {
    Properties properties = new Properties();
    properties.setProperty("annotators", "tokenize,pos,lemma,ner");
    StanfordCoreNLP pipeline = new StanfordCoreNLP(properties);
    return text -> {
      CoreDocument document = pipeline.processToCoreDocument(text);
      List<Triple<String, Integer, Integer>> found = new ArrayList<>();
      for (CoreEntityMention m : document.entityMentions()) {
        if (m.tokens().get(0).tag().startsWith("PRP")) {
          continue; // it lists "he" among the people
        }
        Pair<Integer, Integer> at = m.charOffsets();
        found.add(new Triple<>(m.entityType(), at.first(), at.second()));
      }
      return found;
    };
  }
}
